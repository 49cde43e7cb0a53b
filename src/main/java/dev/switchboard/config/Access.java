package dev.switchboard.config;

import java.util.List;

/**
 * Whose pages may connect to a namespace, and what it takes from their cookies.
 *
 * @param allowedOrigins origins beside the server's own, see {@link HttpConfig#allowedOrigins}
 * @param noOrigin what becomes of clients that name no origin
 * @param session whether handlers have the visitor's HTTP session
 * @param cookies whether handlers see the header {@code Cookie}
 * @param sessionCookie the name of the session's cookie, which nobody sees
 */
public record Access(
        List<String> allowedOrigins, NoOrigin noOrigin, boolean session, boolean cookies, String sessionCookie) {
    public Access {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** That of a namespace which says nothing about it. */
    public static Access usual(HttpConfig http) {
        return new Access(
                http.allowedOrigins(),
                http.noOrigin(),
                false,
                false,
                http.session().cookie());
    }

    /** Cookies come with whatever page asks for it, so where they count, the page must say whose it is. */
    static Access read(Section namespace, HttpConfig http) {
        List<String> origins =
                namespace.has("allowedOrigins") ? OriginForm.read(namespace, "allowedOrigins") : http.allowedOrigins();
        NoOrigin noOrigin = namespace.choice("noOrigin", http.noOrigin());
        boolean session = namespace.flag("session", false);
        boolean cookies = namespace.flag("cookies", false);
        namespace.given("allowedOrigins");
        for (String key : List.of("session", "cookies")) {
            if (!(key.equals("session") ? session : cookies)) {
                continue;
            }
            if (origins.contains("*")) {
                namespace.fault(
                        key,
                        "must not be true while " + (namespace.has("allowedOrigins") ? namespace.path("") : "http.")
                                + "allowedOrigins is *: any page could act with its visitor's cookies");
            }
            if (namespace.has("noOrigin") && noOrigin == NoOrigin.ACCEPT) {
                namespace.fault("noOrigin", "must be \"refuse\" where " + namespace.path(key) + " is true");
            }
        }
        return new Access(
                origins,
                session || cookies ? NoOrigin.REFUSE : noOrigin,
                session,
                cookies,
                http.session().cookie());
    }
}
