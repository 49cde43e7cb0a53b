package dev.switchboard.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Socket.IO is served, for all namespaces together.
 *
 * @param path without a slash at its end; empty when it is off
 */
public record SocketIoConfig(
        Optional<String> path,
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        boolean allowEIO3) {
    private static final Pattern PATH = Pattern.compile("(/(?!\\.+(/|$))[A-Za-z0-9._~-]+)+/?");
    private static final int LONGEST_PATH = 256;
    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String OFF = "";

    static SocketIoConfig read(Section socketIo) {
        String path = socketIo.key("path", "where its clients are served; `false`: not at all")
                .read(
                        "/socket.io/",
                        "an absolute path such as \"/socket.io/\", or false",
                        given -> given.flag()
                                .filter(on -> !on)
                                .map(on -> OFF)
                                .or(() -> given.text().filter(SocketIoConfig::isPath)));
        return new SocketIoConfig(
                Optional.of(path).filter(mounted -> !mounted.equals(OFF)).map(SocketIoConfig::withoutSlash),
                socketIo.key("pingInterval", "how long whoever pings waits before it does so again")
                        .duration(Duration.ofSeconds(25), LEAST, HOUR),
                socketIo.key("pingTimeout", "within it the other side must answer")
                        .duration(Duration.ofSeconds(20), LEAST, HOUR),
                socketIo.key("upgradeTimeout", "how long a client may take to go from polling to a WebSocket")
                        .duration(Duration.ofSeconds(10), LEAST, HOUR),
                socketIo.key("allowEIO3", "whether clients 1.x and 2.x are served, too")
                        .flag(true));
    }

    private static boolean isPath(String text) {
        return text.length() <= LONGEST_PATH && PATH.matcher(text).matches();
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
