package dev.switchboard.http;

import dev.switchboard.config.Network;
import dev.switchboard.metrics.Meters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;

/**
 * {@code /metrics}: the meters in Prometheus's text format, for some addresses; to all others there is nothing at this
 * path. Lives on the event loop of its verticle.
 */
final class MetricsRoute {
    static final String PATH = "/metrics";

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Meters meters;
    private final Readers readers;

    MetricsRoute(Meters meters, List<Network> readers) {
        this.meters = meters;
        this.readers = new Readers(readers);
    }

    void mount(Router router) {
        router.route(PATH).handler(context -> {
            HttpServerRequest request = context.request();
            if (!readers.include(request)) {
                RequestException.notFound().send(request);
            } else if (request.method().equals(HttpMethod.GET)
                    || request.method().equals(HttpMethod.HEAD)) {
                request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                Answer.end(request, TYPE, Buffer.buffer(meters.scrape()));
            } else {
                request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
                RequestException.notAllowed().send(request);
            }
        });
    }
}
