package dev.switchboard.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Adds routes of the application; called once by each HTTP verticle, on its event loop. */
@FunctionalInterface
public interface RouteMount {
    /**
     * Adds them.
     *
     * @param save stores the session of a request
     */
    void mount(Router router, Vertx vertx, Function<RoutingContext, Future<Void>> save) throws Exception;
}
