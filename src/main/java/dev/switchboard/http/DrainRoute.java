package dev.switchboard.http;

import dev.switchboard.bus.Drain;
import dev.switchboard.config.Network;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** {@code POST /admin/drain}: the node is to go down, said from some addresses; to all others there is nothing at this path. */
final class DrainRoute {
    static final String PATH = "/admin/drain";

    private final Drain drain;
    private final List<Network> from;

    DrainRoute(Drain drain, List<Network> from) {
        this.drain = drain;
        this.from = from;
    }

    void mount(Router router) {
        router.route(PATH).handler(context -> {
            HttpServerRequest request = context.request();
            if (!mayAsk(request)) {
                RequestException.notFound().send(request);
            } else if (request.method().equals(HttpMethod.POST)) {
                Answer.json(request, 202, new JsonObject().put("draining", true));
                drain.beginAndEnd();
            } else {
                request.response().putHeader(HttpHeaders.ALLOW, "POST");
                RequestException.notAllowed().send(request);
            }
        });
    }

    /** A request that came through a proxy is nobody's who stands at this machine, and a page's is its visitor's. */
    private boolean mayAsk(HttpServerRequest request) {
        Optional<InetAddress> sender =
                TrustedProxies.address(request.connection().remoteAddress());
        return !ForwardedHeaders.areIn(request.headers())
                && !request.headers().contains(HttpHeaders.ORIGIN)
                && sender.filter(address -> from.stream().anyMatch(network -> network.contains(address)))
                        .isPresent();
    }
}
