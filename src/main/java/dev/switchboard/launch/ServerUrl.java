package dev.switchboard.launch;

import java.net.URI;

/**
 * Where a namespace of a server is.
 *
 * @param base path of the server, without a slash at its end
 */
record ServerUrl(boolean secure, String host, int port, String base, String namespace) {
    /** @throws LaunchException when the URL is none of a server */
    static ServerUrl of(String text, String namespace) {
        URI url;
        try {
            url = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException malformed) {
            throw new LaunchException(text + ": not a URL", malformed);
        }
        boolean secure = "https".equals(url.getScheme());
        if (url.getHost() == null || !(secure || "http".equals(url.getScheme()))) {
            throw new LaunchException(text + ": not the URL of a server, such as http://localhost:8080");
        }
        if (!namespace.startsWith("/")) {
            throw new LaunchException(namespace + ": a namespace begins with /");
        }
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        return new ServerUrl(secure, url.getHost(), port, url.getPath().replaceAll("/+$", ""), namespace);
    }

    /** The path of the namespace's WebSocket. */
    String webSocket() {
        return base + (namespace.equals("/") ? "" : namespace) + "/ws";
    }

    String tokens() {
        return base + "/token";
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + host + ":" + port + base;
    }
}
