package dev.switchboard.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;

/** The routes of the application, behind a session and a body of bounded size. On the event loop of its verticle. */
final class OwnRoutes {
    private final Vertx vertx;
    private final List<RouteMount> routes;
    private final SessionRoutes sessions;
    private final int largestBody;

    OwnRoutes(Vertx vertx, List<RouteMount> routes, SessionRoutes sessions, int largestBody) {
        this.vertx = vertx;
        this.routes = routes;
        this.sessions = sessions;
        this.largestBody = largestBody;
    }

    /** Each gets a router of its own, so that none can take away what is the server's. */
    void mount(Router router) throws Exception {
        sessions.offer(router);
        router.route().handler(BodyHandler.create(false).setBodyLimit(largestBody));
        router.errorHandler(413, request -> RequestException.send(request, 413));
        for (RouteMount one : routes) {
            Router own = Router.router(vertx);
            one.mount(own, vertx, sessions::save);
            router.route("/*").subRouter(own);
        }
    }
}
