package dev.switchboard.http;

import dev.switchboard.config.Network;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says of the request that it got.
 *
 * @param client who sent it; empty when the proxy does not know, or tell, or is not understood
 * @param secure whether it came over TLS
 * @param host whom it was for
 */
record Hop(Optional<InetAddress> client, Optional<Boolean> secure, Optional<HostAndPort> host) {
    static final Hop UNKNOWN = new Hop(Optional.empty(), Optional.empty(), Optional.empty());

    /** An IPv6 address in brackets, or an IPv4 address, each perhaps with a port, or an obfuscated one. */
    private static final Pattern NODE = Pattern.compile("(?:\\[([^]]*)]|([0-9.]+))(?::[0-9A-Za-z._-]+)?");

    /** What is wrong or missing is empty. */
    static Hop of(@Nullable String node, @Nullable String proto, @Nullable String host) {
        return new Hop(
                Optional.ofNullable(node).flatMap(Hop::client),
                Optional.ofNullable(proto).flatMap(Hop::secure),
                Optional.ofNullable(host).flatMap(Hop::authority));
    }

    /** RFC 7239 section 6; the brackets may be missing, as they are in {@code X-Forwarded-For}. */
    private static Optional<InetAddress> client(String node) {
        Matcher parts = NODE.matcher(node);
        if (!parts.matches()) {
            return Network.address(node);
        }
        return Network.address(parts.group(1) == null ? parts.group(2) : parts.group(1));
    }

    private static Optional<Boolean> secure(String proto) {
        return switch (proto.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> Optional.of(true);
            case "http", "ws" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<HostAndPort> authority(String host) {
        return Optional.ofNullable(HostAndPort.parseAuthority(host, -1))
                .filter(authority -> !authority.host().isEmpty());
    }
}
