package dev.switchboard.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
 * @param trustedProxies whose word on a request's client counts; nobody's when it is empty
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
        List<Network> trustedProxies) {
    public HttpConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
        routes = List.copyOf(routes);
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
}
