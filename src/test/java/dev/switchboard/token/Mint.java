package dev.switchboard.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.config.Secret;
import dev.switchboard.config.TokenConfig;
import dev.switchboard.token.TokenRefusedException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens under a clock that stands still, and tokens that somebody else made. */
final class Mint implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-01T10:00:00.900Z");
    static final long SECOND = START.getEpochSecond();
    static final User ANN = new User("u1", "ann \"<&>\" ä");
    static final String KEY = "0123456789abcdef0123456789abcdef";

    Instant now = START;
    final Revocations revocations = new Revocations(this::now);
    final Vertx vertx = Vertx.vertx();
    final PageTokens tokens = tokens(KEY);

    /** @param accepted further keys whose tokens are taken */
    PageTokens tokens(String key, String... accepted) {
        return tokens(key, Optional.empty(), accepted);
    }

    PageTokens tokens(String key, Optional<ForeignKeys> foreign, String... accepted) {
        TokenConfig config = new TokenConfig(
                Duration.ofMinutes(1),
                Duration.ofMinutes(3),
                Optional.empty(),
                Stream.of(accepted).map(Mint::secret).toList(),
                Optional.empty(),
                "");
        return PageTokens.create(vertx, config, secret(key), foreign, revocations, this::now);
    }

    private static Secret secret(String key) {
        return new Secret(key.getBytes(StandardCharsets.UTF_8));
    }

    Instant now() {
        return now;
    }

    PageToken verified(String raw) {
        return value(tokens.verify(raw));
    }

    Reason refusal(String raw) {
        return reason(tokens.verify(raw));
    }

    static JsonObject minimal() {
        return new JsonObject().put("sub", "u1").put("exp", SECOND + 60).put("aud", "switchboard");
    }

    static String minted(JsonObject claims) {
        return minted(new JsonObject().put("alg", "HS256").put("typ", "JWT"), claims, "HmacSHA256");
    }

    /** Signs with nothing but the JDK, as another back end would. */
    static String minted(JsonObject header, JsonObject claims, String algorithm) {
        return signed(base64(header) + "." + base64(claims), algorithm);
    }

    /** The same with texts that may be no JSON. */
    static String mintedText(String header, String claims) {
        return signed(base64(header) + "." + base64(claims), "HmacSHA256");
    }

    private static String signed(String signed, String algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), algorithm));
            byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String base64(JsonObject json) {
        return base64(json.encode());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static JsonObject payload(String raw) {
        byte[] json = Base64.getUrlDecoder().decode(raw.split("\\.", 3)[1]);
        return new JsonObject(new String(json, StandardCharsets.UTF_8));
    }

    /** Nothing here waits for anything, so each Future has its result at once. */
    static <T> T value(Future<T> future) {
        assertThat(future.cause()).isNull();
        return future.result();
    }

    static Reason reason(Future<?> future) {
        assertThat(future.cause()).isInstanceOf(TokenRefusedException.class);
        return ((TokenRefusedException) future.cause()).reason();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    void revoke(PageToken token) {
        tokens.revoke(tokens.revocation(token, Revocation.Kind.LOGIN));
    }
}
