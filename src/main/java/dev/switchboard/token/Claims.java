package dev.switchboard.token;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** What stands inside of a page token: the names of RFC 7519 section 4.1 and OpenID Connect, and how to read them. */
final class Claims {
    static final String AUDIENCE = "switchboard";

    private static final Set<String> OWN = Set.of("sub", "name", "iat", "exp", "nbf", "jti", "auth_time", "sid", "aud");

    /** How far another node's clock may be ahead. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private Claims() {}

    /** Whether the token itself uses this name, so that the application cannot. */
    static boolean isOwn(String name) {
        return OWN.contains(name);
    }

    static JsonObject write(PageToken token) {
        return token.claims()
                .put("sub", token.user().id())
                .put("name", token.user().name())
                .put("iat", token.issued().getEpochSecond())
                .put("exp", token.expires().getEpochSecond())
                .put("jti", token.id())
                .put("auth_time", token.authenticated().getEpochSecond())
                .put("sid", token.family())
                .put("aud", AUDIENCE);
    }

    /**
     * Reads what another back end may have written, too: without {@code sid} the {@code jti} is the family, without
     * {@code auth_time} the log-in was when the token was issued, and without {@code iat} too long ago to refresh.
     *
     * @param own whether a key of this server has signed it
     * @throws RuntimeException when {@code sub} or {@code exp} is missing, a claim has the wrong type, or the token is
     *     not valid yet
     */
    static PageToken read(String raw, JsonObject payload, boolean own, Instant now) {
        String subject = text(payload, "sub").orElseThrow();
        Instant expires = time(payload, "exp").orElseThrow();
        Instant issued = time(payload, "iat").orElse(Instant.EPOCH);
        if (issued.isAfter(now.plus(SKEW)) || time(payload, "nbf").orElse(now).isAfter(now)) {
            throw new TokenRefusedException(TokenRefusedException.Reason.INVALID);
        }
        String id = text(payload, "jti").orElseGet(() -> fingerprint(raw));
        JsonObject claims = payload.copy();
        OWN.forEach(claims::remove);
        return new PageToken(
                raw,
                new User(subject, name(payload).orElse(subject)),
                id,
                text(payload, "sid").orElse(id),
                issued,
                time(payload, "auth_time").orElse(issued),
                expires,
                own,
                claims);
    }

    private static Optional<String> name(JsonObject payload) {
        return text(payload, "name").or(() -> text(payload, "preferred_username"));
    }

    private static Optional<String> text(JsonObject payload, String name) {
        return Optional.ofNullable((String) payload.getValue(name)).filter(text -> !text.isEmpty());
    }

    /** A NumericDate may have a fraction (RFC 7519 section 2). */
    private static Optional<Instant> time(JsonObject payload, String name) {
        return Optional.ofNullable(payload.getNumber(name))
                .map(seconds -> Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1000)));
    }

    /** Stands for a token that has no id; of its signed part only, since a signature can be written in several ways. */
    private static String fingerprint(String raw) {
        byte[] signed = raw.substring(0, raw.lastIndexOf('.')).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.sha256(signed));
    }
}
