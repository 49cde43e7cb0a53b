package dev.switchboard;

import io.vertx.ext.web.Router;

/**
 * HTTP routes of the application, on the port of the sockets; the configuration names the class in {@code http.routes}.
 *
 * <pre>{@code
 * public final class Shop implements HttpRoutes {
 *     @Override
 *     public void mount(Router router, Door door) {
 *         Namespace sockets = Namespace.of(door.vertx(), "/");
 *         router.post("/price").handler(request -> sockets.all()
 *                 .emit("price", request.body().asJsonObject())
 *                 .onSuccess(v -> request.end())
 *                 .onFailure(request::fail));
 *     }
 * }
 * }</pre>
 *
 * <p>The class has a public constructor without parameters. Each event loop of each node makes one of its own, mounts it
 * once, before the server listens, and runs its handlers, which therefore must not block. Bodies are read before, up to
 * {@code limits.message} bytes, and {@code RoutingContext.session()} is the visitor's session. The server's own paths come
 * first; a request that no route takes goes on to the pages. What a route throws or fails with is logged, and answered with
 * 500 and no more.
 */
@FunctionalInterface
public interface HttpRoutes {
    /**
     * Adds the routes.
     *
     * @param router its own: of other routes it sees nothing
     * @throws Exception the server does not start
     */
    void mount(Router router, Door door) throws Exception;
}
