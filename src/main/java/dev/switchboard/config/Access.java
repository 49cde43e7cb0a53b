package dev.switchboard.config;

import java.util.List;

/**
 * Whose pages may connect to a namespace, and what it takes from their cookies.
 *
 * @param allowedOrigins see {@link HttpConfig#allowedOrigins}
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
        List<String> own = OriginForm.read(
                namespace,
                namespace
                        .key("allowedOrigins", "the origins for this namespace alone")
                        .otherwise("`http.allowedOrigins`"));
        List<String> origins = namespace.has("allowedOrigins") ? own : http.allowedOrigins();
        NoOrigin noOrigin = namespace
                .key("noOrigin", "the same for this namespace alone")
                .otherwise("`http.noOrigin`")
                .choice(http.noOrigin());
        boolean session = namespace
                .key(
                        "session",
                        "whether handlers read and write the visitor's HTTP session. Every request must come from an allowed"
                                + " page then, and `*` is refused; see [The session](http.md#the-session)")
                .flag(false);
        boolean cookies = namespace
                .key("cookies", "whether handlers see the header `cookie` of the handshake, by the same rule")
                .flag(false);
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
