package dev.switchboard.http;

import dev.switchboard.config.SessionConfig;
import dev.switchboard.session.HttpSessions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.SessionStore;

/** Gives requests the session of their visitor, by vertx-web's handler. Lives on the event loop of its verticle. */
final class SessionRoutes {
    private final SessionHandler plain;
    private final SessionHandler secure;

    SessionRoutes(Vertx vertx, SessionConfig config) {
        SessionStore store = HttpSessions.store(vertx);
        plain = handler(store, config).setCookieSecureFlag(false);
        secure = handler(store, config).setCookieSecureFlag(true);
    }

    private static SessionHandler handler(SessionStore store, SessionConfig config) {
        return SessionHandler.create(store)
                .setSessionCookieName(config.cookie())
                .setSessionTimeout(config.timeout().toMillis())
                .setCookieHttpOnlyFlag(true)
                .setCookieSameSite(CookieSameSite.LAX)
                .setNagHttps(false)
                .setLazySession(true);
    }

    /** Requests have the session, and one that is new is kept when somebody asks for it. */
    void offer(Router router) {
        router.route().handler(this::offer);
    }

    /** Whoever opens a page has a session. */
    void begin(Router pages) {
        pages.route().handler(request -> {
            if (isPage(request.request())) {
                offer(request);
            } else {
                request.next();
            }
        });
        pages.route().handler(request -> {
            if (isPage(request.request())) {
                request.session();
            }
            request.next();
        });
    }

    /** Stores the session of a request at once. */
    Future<Void> save(RoutingContext request) {
        return of(request).flush(request);
    }

    private void offer(RoutingContext request) {
        of(request).handle(request);
    }

    private SessionHandler of(RoutingContext request) {
        return request.request().isSSL() ? secure : plain;
    }

    private static boolean isPage(HttpServerRequest request) {
        String path = request.path();
        return request.method().equals(HttpMethod.GET)
                && path != null
                && (path.endsWith("/") || path.endsWith(".html"));
    }
}
