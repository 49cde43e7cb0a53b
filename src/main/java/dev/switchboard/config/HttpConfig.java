package dev.switchboard.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the server listens and what it serves.
 *
 * @param host the address to listen on
 * @param port 0 takes a free one
 * @param allowedOrigins origins beside the server's own whose pages may connect, in the form that browsers send
 *     ({@code https://example.org}, lower case, without a default port; RFC 6454 section 6.1), with {@code *.} before the
 *     host for all below it and {@code *} for any port, or {@code *} for all
 * @param webroot directory or class-path folder with the pages
 * @param instances how many event loops serve, one verticle each; 0 is one per core
 * @param noOrigin what becomes of clients that name no origin
 * @param routes the application's own, in their order
 * @param metrics who may read the meters
 * @param trustedProxies whose word on a request's client counts; nobody's when it is empty
 * @param tls with it the port speaks TLS and nothing else
 * @param contentSecurityPolicy the application's own for its pages, {@code ""} for none; without it they have the server's
 * @param limits how slow a client may be, and how much it may say before its body
 * @param compression of messages on WebSockets
 * @param drain how the node goes down
 */
public record HttpConfig(
        String host,
        int port,
        List<String> allowedOrigins,
        String webroot,
        int instances,
        NoOrigin noOrigin,
        List<RoutesConfig> routes,
        SessionConfig session,
        List<Network> metrics,
        List<Network> trustedProxies,
        Optional<TlsConfig> tls,
        Optional<String> contentSecurityPolicy,
        HttpLimits limits,
        CompressionConfig compression,
        DrainConfig drain) {
    private static final List<Network> LOOPBACK = Stream.of("127.0.0.0/8", "::1")
            .flatMap(text -> Network.parse(text).stream())
            .toList();

    private static final Pattern POLICY = Pattern.compile("[ -~]*[!-~][ -~]*");

    public HttpConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
        routes = List.copyOf(routes);
        metrics = List.copyOf(metrics);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** @param routesFault what is wrong with a class that is to have routes; empty when nothing is */
    static HttpConfig read(Section http, Function<String, Optional<String>> routesFault) {
        return new HttpConfig(
                http.string("host").orElse("127.0.0.1"),
                http.number("port", 8080, 0, 65535),
                OriginForm.read(http, "allowedOrigins"),
                http.string("webroot").orElse("webroot"),
                http.number("instances", 0, 0, 1024),
                http.choice("noOrigin", NoOrigin.ACCEPT),
                RoutesConfig.read(http, routesFault),
                SessionConfig.read(http.within("session")),
                readers(http, "metrics"),
                networks(http, "trustedProxies"),
                TlsConfig.ofServer(http),
                contentSecurityPolicy(http),
                HttpLimits.read(http),
                CompressionConfig.read(http),
                DrainConfig.read(http.within("drain")));
    }

    /** Loopback, unless others are named. */
    static List<Network> readers(Section section, String key) {
        return section.given(key).isPresent() ? networks(section, key) : LOOPBACK;
    }

    static List<Network> networks(Section http, String key) {
        return http.list(key, Network.EXPECTED, text -> Network.parse(text).map(network -> text)).stream()
                .flatMap(text -> Network.parse(text).stream())
                .toList();
    }

    /** It becomes a header, in which there are no line ends. */
    private static Optional<String> contentSecurityPolicy(Section http) {
        String key = "contentSecurityPolicy";
        if (http.given(key).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(http.read(
                key,
                "",
                "a text of printable ASCII, or false",
                given -> given.flag()
                        .filter(wanted -> !wanted)
                        .map(none -> "")
                        .or(() ->
                                given.text().filter(text -> POLICY.matcher(text).matches()))));
    }
}
