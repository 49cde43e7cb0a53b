package dev.switchboard.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * {@code /health/live}: the process answers; {@code /health/ready}: it wants clients. 200 or 503, with the checks as
 * JSON. Lives on the event loop of its verticle.
 */
final class HealthRoutes {
    private final HealthChecks live;
    private final HealthChecks ready;

    /** @param checks what must hold for clients to be sent here, by name; asked at each request, on its event loop */
    HealthRoutes(Vertx vertx, Map<String, BooleanSupplier> checks) {
        live = HealthChecks.create(vertx).register("event-loop", promise -> promise.complete(Status.OK()));
        ready = HealthChecks.create(vertx);
        checks.forEach((name, holds) ->
                ready.register(name, promise -> promise.complete(holds.getAsBoolean() ? Status.OK() : Status.KO())));
    }

    void mount(Router router) {
        mount(router, "/health/live", live);
        mount(router, "/health/ready", ready);
    }

    private static void mount(Router router, String path, HealthChecks checks) {
        router.route(path).handler(context -> {
            HttpServerRequest request = context.request();
            if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
                checks.checkStatus()
                        .onSuccess(
                                result -> Answer.json(request, CheckResult.isUp(result) ? 200 : 503, result.toJson()))
                        .onFailure(context::fail);
            } else {
                request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
                RequestException.notAllowed().send(request);
            }
        });
    }
}
