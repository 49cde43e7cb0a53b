package dev.switchboard.client;

import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a server is.
 *
 * @param path without a slash at its end
 * @param query as it stands in the URL, without the question mark; empty if there is none
 */
record Target(boolean secure, String host, int port, String path, String query) {
    private static final Map<String, Boolean> SCHEMES = Map.of("http", false, "ws", false, "https", true, "wss", true);

    /** @throws IllegalArgumentException when it is not the URL of a server */
    static Target of(String text) {
        return of(URI.create(text));
    }

    private static Target of(URI url) {
        Boolean secure =
                url.getScheme() == null ? null : SCHEMES.get(url.getScheme().toLowerCase(Locale.ROOT));
        if (secure == null || url.getHost() == null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a server's URL is such as https://chat.example.org, not " + url);
        }
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        String query = url.getRawQuery() == null ? "" : url.getRawQuery();
        return new Target(secure, url.getHost(), port, url.getRawPath().replaceAll("/+$", ""), query);
    }

    /** Where the server says to come back; empty when it is no such place, or one without the TLS that there is here. */
    Optional<Target> elsewhere(String url) {
        try {
            Target other = of(URI.create((secure ? "https://" : "http://") + authority() + path + "/")
                    .resolve(url));
            if (secure && !other.secure) {
                return Optional.empty();
            }
            String asked = other.query.isEmpty() ? query : other.query;
            return Optional.of(new Target(other.secure, other.host, other.port, other.path, asked));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private String authority() {
        return host + ":" + port;
    }

    /** @param waits whether the server has to wait for a client that says who it was */
    WebSocketConnectOptions webSocket(String namespace, boolean waits) {
        String asked = !waits ? query : query.isEmpty() ? "resume=1" : query + "&resume=1";
        return new WebSocketConnectOptions()
                .setHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .setPort(port)
                .setSsl(secure)
                .setURI(path + (namespace.equals("/") ? "" : namespace) + "/ws" + (asked.isEmpty() ? "" : "?" + asked));
    }
}
