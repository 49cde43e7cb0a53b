package dev.switchboard.token;

import dev.switchboard.config.IssuerConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of another issuer, as they are just now: read at the start, again when they have become old, and again when a
 * token names one that is not there, but not too often. While they cannot be read, those known before stay. Thread-safe;
 * signatures are verified by worker threads, one after the other for each caller's context, so that no event loop works
 * long and no client's tokens overtake each other.
 */
final class ForeignKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignKeys.class);

    private final Vertx vertx;
    private final IssuerConfig config;
    private final KeySetSource source;
    private final LongSupplier nanos;
    private KeySet keys = KeySet.empty();
    private @Nullable Buffer read;
    private @Nullable Future<Void> loading;
    private long attempted;
    private boolean failing;

    ForeignKeys(Vertx vertx, IssuerConfig config, LongSupplier nanos) {
        this.vertx = vertx;
        this.config = config;
        this.source = KeySetSource.of(vertx, config.jwks());
        this.nanos = nanos;
    }

    /** Reads the keys; a failure is logged, and made good later. */
    synchronized Future<Void> load() {
        attempted = nanos.getAsLong();
        Promise<Void> done = Promise.promise();
        loading = done.future();
        source.read()
                .compose(json -> json.equals(known())
                        ? Future.succeededFuture()
                        : vertx.executeBlocking(() -> KeySet.of(vertx, json, config), false)
                                .onSuccess(set -> become(set, json)))
                .onComplete(result -> {
                    ended(result.cause());
                    done.complete();
                });
        return done.future();
    }

    private synchronized @Nullable Buffer known() {
        return read;
    }

    private synchronized void become(KeySet set, Buffer json) {
        keys = set;
        read = json;
    }

    private synchronized void ended(@Nullable Throwable failure) {
        loading = null;
        if (failure != null && !failing) {
            LOG.warn(
                    "The keys of token.jwks cannot be read, so tokens of new keys are refused: {}",
                    failure.getMessage());
        } else if (failure == null && failing) {
            LOG.info("The keys of token.jwks can be read again");
        }
        failing = failure != null;
    }

    /** The payload of a token that one of the keys has signed; on the caller's context. */
    Future<JsonObject> payload(String raw, JoseHeader header) {
        Context caller = vertx.getOrCreateContext();
        return keys(header, caller).compose(known -> caller.executeBlocking(() -> OwnKeys.now(known.payload(raw))));
    }

    private synchronized Future<KeySet> keys(JoseHeader header, Context caller) {
        boolean enough = keys.mayHave(header);
        Duration due = enough ? config.maxAge() : config.refresh();
        Future<Void> reading = loading;
        if (reading == null && nanos.getAsLong() - attempted >= due.toNanos()) {
            reading = load();
        }
        if (enough || reading == null) {
            return Future.succeededFuture(keys);
        }
        Promise<KeySet> later = Promise.promise();
        reading.onComplete(v -> caller.runOnContext(w -> later.complete(current())));
        return later.future();
    }

    private synchronized KeySet current() {
        return keys;
    }
}
