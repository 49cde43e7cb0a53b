package dev.switchboard.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the server listens and what it serves.
 *
 * @param host the address to listen on
 * @param port 0 takes a free one
 * @param allowedOrigins origins beside the server's own whose pages may connect, in the form that browsers send
 *     ({@code https://example.org}, lower case, without a default port; RFC 6454 section 6.1), or {@code *} for all
 * @param webroot directory or class-path folder with the pages
 * @param instances how many event loops serve, one verticle each; 0 is one per core
 * @param trustedProxies whose word on a request's client counts; nobody's when it is empty
 */
public record HttpConfig(
        String host,
        int port,
        List<String> allowedOrigins,
        String webroot,
        int instances,
        List<Network> trustedProxies) {
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:(?<port>[0-9]{1,5}))?");

    public HttpConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
        trustedProxies = List.copyOf(trustedProxies);
    }

    static HttpConfig read(Section http) {
        return new HttpConfig(
                http.string("host").orElse("127.0.0.1"),
                http.number("port", 8080, 0, 65535),
                http.list("allowedOrigins", "scheme://host[:port] without a path, or *", HttpConfig::origin),
                http.string("webroot").orElse("webroot"),
                http.number("instances", 0, 0, 1024),
                trustedProxies(http));
    }

    private static List<Network> trustedProxies(Section http) {
        return http
                .list(
                        "trustedProxies",
                        Network.EXPECTED,
                        text -> Network.parse(text).map(network -> text))
                .stream()
                .flatMap(text -> Network.parse(text).stream())
                .toList();
    }

    private static Optional<String> origin(String text) {
        if (text.equals("*")) {
            return Optional.of(text);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher parts = ORIGIN.matcher(lower);
        if (!parts.matches() || Integer.parseInt(parts.group("port") == null ? "0" : parts.group("port")) > 65535) {
            return Optional.empty();
        }
        boolean isUsual = lower.matches("http://.*:80|https://.*:443");
        return Optional.of(isUsual ? lower.substring(0, lower.lastIndexOf(':')) : lower);
    }
}
