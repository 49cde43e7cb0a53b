package dev.switchboard.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Paths that are the server's, also while nothing serves them, however they are spelled. */
final class ReservedPaths {
    private static final List<String> PATHS = List.of("/socket.io", "/eventbus", MetricsRoute.PATH, "/admin");

    private ReservedPaths() {}

    /** What cannot be read is reserved, too. */
    static boolean include(String path) {
        try {
            String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            String plain = new URI(null, null, decoded.replaceAll("/{2,}", "/"), null)
                    .normalize()
                    .getPath();
            return PATHS.stream().anyMatch(own -> plain.equals(own) || plain.startsWith(own + "/"));
        } catch (IllegalArgumentException | URISyntaxException malformed) {
            return true;
        }
    }
}
