package dev.switchboard.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may talk to this server: its own, and those of listed origins. A request without {@code Origin} comes from
 * no page and is let through, since the token guards; {@code null}, another scheme and another port are foreign (RFC
 * 6454).
 */
final class Origins {
    private final List<String> allowed;

    /** @param allowed origins as browsers send them, or {@code *} */
    Origins(List<String> allowed) {
        this.allowed = allowed;
    }

    boolean allows(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || allowed.contains("*")) {
            return true;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.equals(own(request)) || allowed.contains(lower);
    }

    private static @Nullable String own(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (authority == null) {
            return null;
        }
        int usual = request.isSSL() ? 443 : 80;
        boolean bare = authority.port() <= 0 || authority.port() == usual;
        String host = authority.host().toLowerCase(Locale.ROOT);
        return (request.isSSL() ? "https://" : "http://") + host + (bare ? "" : ":" + authority.port());
    }
}
