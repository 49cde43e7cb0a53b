package dev.switchboard.token;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A page token that was issued here or verified.
 *
 * @param raw the token as clients carry it; a secret, so {@link #toString()} leaves it out
 * @param id tells this token from all others ({@code jti})
 * @param family what all tokens have in common that were refreshed from one log-in ({@code sid})
 * @param issued when the token was made ({@code iat})
 * @param authenticated when its user logged in ({@code auth_time})
 * @param expires from then on it is refused ({@code exp})
 * @param own whether a key of this server signed it; only then it can be refreshed here
 * @param claims what the application added; each call returns a copy
 */
public record PageToken(
        String raw,
        User user,
        String id,
        String family,
        Instant issued,
        Instant authenticated,
        Instant expires,
        boolean own,
        JsonObject claims) {
    public PageToken {
        claims = claims.copy();
    }

    @Override
    public JsonObject claims() {
        return claims.copy();
    }

    PageToken signed(String text) {
        return new PageToken(text, user, id, family, issued, authenticated, expires, own, claims);
    }

    @Override
    public String toString() {
        return "PageToken[user=" + user + ", id=" + id + ", family=" + family + ", expires=" + expires + "]";
    }
}
