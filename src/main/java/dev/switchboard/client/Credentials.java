package dev.switchboard.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The token of a client, and when another is due: at two thirds of what is left of its life and a bit, so that not all
 * clients ask at once, and later again if that brought none. On the client's context.
 */
final class Credentials {
    private static final long RETRY_MILLIS = 500;

    private final ContextInternal context;
    private final SwitchboardClientOptions options;
    private final Consumer<String> renewed;
    private String token = "";
    private long end;
    private long timer = -1;

    /** @param renewed told a token that is to replace the one of the live connection */
    Credentials(ContextInternal context, SwitchboardClientOptions options, Consumer<String> renewed) {
        this.context = context;
        this.options = options;
        this.renewed = renewed;
    }

    /** Whether there may be another token when this one is over. */
    boolean renews() {
        return options.renews();
    }

    /** The one for the next connection; empty for nobody. */
    Future<String> get() {
        Promise<String> got = context.promise();
        supply(options.tokens())
                .timeout(options.openTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(got);
        return got.future().onSuccess(next -> token = next);
    }

    private static Future<String> supply(Supplier<Future<String>> tokens) {
        try {
            return Objects.requireNonNull(tokens.get()).map(token -> Objects.requireNonNullElse(token, ""));
        } catch (RuntimeException fault) {
            return Future.failedFuture(fault);
        }
    }

    String token() {
        return token;
    }

    /** The connection with the token is open. */
    void opened() {
        if (renews() && !token.isEmpty()) {
            JsonObject claims = claims(token);
            long until = number(claims, "exp");
            long life = (until - number(claims, "iat")) * 1_000;
            long left = until * 1_000 - System.currentTimeMillis();
            if (until > 0 && life > 0) {
                lives(left > 0 ? Math.min(left, life) : life); // one of the two clocks is wrong: as if it were new
            }
        }
    }

    /** So many ms are left of it. */
    void lives(long millis) {
        end = now() + millis;
        plan((long) (millis * (2.0 / 3 + ThreadLocalRandom.current().nextDouble() / 10)));
    }

    /** It could not be replaced. */
    void again() {
        long left = end - now();
        if (left > 0) {
            plan(left / 4 + RETRY_MILLIS);
        }
    }

    /** There is no connection any more. */
    void rest() {
        context.owner().cancelTimer(timer);
        timer = -1;
    }

    private void plan(long wait) {
        rest();
        timer = context.owner().setTimer(Math.max(1, wait), due -> renew(due));
    }

    private void renew(long due) {
        String used = token;
        get().onComplete(got -> {
            if (timer != due) {
                return; // another connection, with a token of its own
            }
            if (got.succeeded() && !got.result().isEmpty() && !got.result().equals(used)) {
                renewed.accept(got.result());
            } else {
                again();
            }
        });
    }

    /** The claims of a JWT (RFC 7519), unverified: only the server can do that. */
    private static JsonObject claims(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        try {
            return parts.length < 2
                    ? new JsonObject()
                    : new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | DecodeException foreign) {
            return new JsonObject();
        }
    }

    private static long number(JsonObject claims, String name) {
        return claims.getValue(name) instanceof Number number ? number.longValue() : 0;
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
