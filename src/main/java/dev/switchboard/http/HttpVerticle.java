package dev.switchboard.http;

import dev.switchboard.bus.Addresses;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.hub.Hub;
import dev.switchboard.transport.sockjs.SockJsTransport;
import dev.switchboard.transport.websocket.WebSocketTransport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The door: HTTP, WebSocket and SockJS on one port, and the hub of the sockets that come in on this event loop. One
 * instance per event loop; the instances share the port.
 */
public final class HttpVerticle extends VerticleBase {
    /** Paths that are the server's, also while nothing serves them. */
    private static final List<String> RESERVED = List.of("/socket.io", "/eventbus", "/metrics", "/admin");

    private final Node node;
    private final SwitchboardConfig config;
    private final Origins origins;
    private final TrustedProxies proxies;
    private final Map<String, NamespaceConfig> webSockets = new HashMap<>();
    private @Nullable Hub hub;
    private @Nullable SockJsTransport sockJs;
    private boolean stopping;

    public HttpVerticle(Node node) {
        this.node = node;
        this.config = node.config();
        this.origins = new Origins(config.http().allowedOrigins());
        this.proxies = new TrustedProxies(config.http().trustedProxies());
    }

    @Override
    public Future<?> start() {
        Hub started = new Hub(vertx, config.namespaces(), config.limits(), node.tokens());
        hub = started;
        WebSocketTransport plain = new WebSocketTransport(started, config.limits());
        SockJsTransport mounts = new SockJsTransport(vertx, started, config.limits(), plain, PageRoutes.SOCKJS_CLIENT);
        sockJs = mounts;
        Router router = router(mounts);
        HttpServer server = vertx.createHttpServer(options(config.limits())).requestHandler(arrived -> {
            HttpServerRequest request = proxies.seenByClient(arrived);
            if (request.headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
                upgrade(request, plain, mounts);
            } else {
                router.handle(request);
            }
        });
        return started.start()
                .compose(v ->
                        server.listen(port(config.http().port()), config.http().host()))
                // What fails to start is never told to stop.
                .recover(cause -> started.stop().transform(v -> Future.failedFuture(refused(cause))))
                .onSuccess(listening -> node.listening(listening.actualPort()));
    }

    @Override
    public Future<?> stop() {
        stopping = true;
        Future<Void> ended = hub == null ? Future.succeededFuture() : hub.stop();
        return ended.onComplete(v -> {
            if (sockJs != null) {
                sockJs.stop();
            }
        });
    }

    /** To Vert.x, -1 is a free port that all instances share, and 0 one for each. */
    private static int port(int configured) {
        return configured == 0 ? -1 : configured;
    }

    private Throwable refused(Throwable cause) {
        return cause instanceof BindException
                ? new IllegalStateException(
                        "port " + config.http().port() + " of " + config.http().host() + " is in use", cause)
                : cause;
    }

    private static HttpServerOptions options(Limits limits) {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(limits.message())
                .setMaxWebSocketMessageSize(limits.message())
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    private Router router(SockJsTransport mounts) {
        Router router = Router.router(vertx);
        new HealthRoutes(vertx, () -> !stopping).mount(router);
        new TokenRoutes(vertx, node.tokens(), Addresses.AUTHENTICATOR, origins::allows, node.revoke()).mount(router);
        config.namespaces().values().forEach(namespace -> {
            namespace.ws().ifPresent(path -> webSockets.put(path, namespace));
            namespace.sockjs().ifPresent(path -> {
                router.route(path + "/*").handler(request -> {
                    if (origins.allows(request.request())) {
                        request.next();
                    } else {
                        refuse(request.request(), 403);
                    }
                });
                mounts.mount(router, namespace, path);
            });
        });
        new PageRoutes(vertx, config.http().webroot(), node.tokens(), Addresses.AUTHENTICATOR).mount(router);
        return router;
    }

    private void upgrade(HttpServerRequest request, WebSocketTransport plain, SockJsTransport mounts) {
        String path = request.path();
        if (!isReadable(request)) {
            refuse(request, 400);
        } else if (isReserved(path)) {
            refuse(request, 404);
        } else if (!origins.allows(request)) {
            refuse(request, 403);
        } else if (webSockets.containsKey(path)) {
            plain.accept(request, webSockets.get(path));
        } else if (!mounts.accept(request)) {
            plain.refuse(request);
        }
    }

    /** Whether path and query can be decoded. */
    private static boolean isReadable(HttpServerRequest request) {
        try {
            return request.path() != null && request.params() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isReserved(String path) {
        return RESERVED.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
    }

    private static void refuse(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
    }
}
