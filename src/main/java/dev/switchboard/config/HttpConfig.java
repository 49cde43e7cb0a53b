package dev.switchboard.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where the server listens and what it serves; what the configuration has as a value is described where it is read.
 *
 * @param allowedOrigins in the form that browsers send ({@code https://example.org}, lower case, without a default port;
 *     RFC 6454 section 6.1), with {@code *.} before the host for all below it and {@code *} for any port, or {@code *}
 *     for all
 * @param routes the application's own, in their order
 * @param trustedProxies nobody's word counts when it is empty
 * @param tls with it the port speaks TLS and nothing else
 * @param contentSecurityPolicy the application's own, {@code ""} for none; without it pages have the server's
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
    static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

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
                http.key("host", "the address to listen on; `0.0.0.0` for all").string("127.0.0.1"),
                http.key("port", "0 takes a free one, which is printed").number(8080, 0, 65535),
                OriginForm.read(
                        http,
                        http.key(
                                "allowedOrigins",
                                "origins beside the server's own whose pages may connect: `https://example.org`,"
                                        + " `https://*.example.org` for all hosts below, `http://localhost:*` for any port,"
                                        + " `*` for all; see [Pages, sessions and HTTP routes](http.md)")),
                http.key("webroot", "the folder with the pages, in the working directory or on the class path")
                        .string("webroot"),
                http.key("instances", "how many event loops serve; 0 is one per core")
                        .number(0, 0, 1024),
                http.key("noOrigin", "what becomes of a client without an `Origin`")
                        .choice(NoOrigin.ACCEPT),
                RoutesConfig.read(http, routesFault),
                SessionConfig.read(http.within("session")),
                networks(http.key("metrics", "who may read [`/metrics`](metrics.md); `[]` for nobody"), LOOPBACK),
                networks(
                        http.key(
                                "trustedProxies",
                                "proxies that may say who the client is; see [Behind a load balancer](proxy.md)"),
                        List.of()),
                TlsConfig.ofServer(http),
                contentSecurityPolicy(http),
                HttpLimits.read(http),
                CompressionConfig.read(http),
                DrainConfig.read(http.within("drain")));
    }

    static List<Network> networks(Key key, List<String> fallback) {
        return key.list(fallback, Network.EXPECTED, text -> Network.parse(text).map(network -> text)).stream()
                .flatMap(text -> Network.parse(text).stream())
                .toList();
    }

    /** It becomes a header, in which there are no line ends. */
    private static Optional<String> contentSecurityPolicy(Section http) {
        String name = "contentSecurityPolicy";
        String policy = http.key(name, "the policy of all pages, or `false` for none; see [Headers](limits.md#headers)")
                .otherwise("the server's")
                .read(
                        "",
                        "a text of printable ASCII, or false",
                        given -> given.flag()
                                .filter(wanted -> !wanted)
                                .map(none -> "")
                                .or(() -> given.text()
                                        .filter(text -> POLICY.matcher(text).matches())));
        return http.given(name).map(given -> policy);
    }
}
