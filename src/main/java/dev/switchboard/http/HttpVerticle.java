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
import io.vertx.ext.web.RoutingContext;
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

    private static final String BELOW = "/*";

    private final Node node;
    private final SwitchboardConfig config;
    private final Origins origins;
    private final Map<String, Origins> guards = new HashMap<>();
    private final TrustedProxies proxies;
    private final Map<String, NamespaceConfig> webSockets = new HashMap<>();
    private @Nullable Hub hub;
    private @Nullable SockJsTransport sockJs;
    private boolean stopping;

    public HttpVerticle(Node node) {
        this.node = node;
        this.config = node.config();
        this.origins = new Origins(config.http().allowedOrigins(), config.http().noOrigin());
        this.proxies = new TrustedProxies(config.http().trustedProxies());
    }

    @Override
    public Future<?> start() throws Exception {
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

    private Router router(SockJsTransport mounts) throws Exception {
        Router router = Router.router(vertx);
        new HealthRoutes(vertx, () -> !stopping).mount(router);
        new TokenRoutes(vertx, node.tokens(), Addresses.AUTHENTICATOR, origins::allows, node.revoke()).mount(router);
        config.namespaces().values().forEach(namespace -> {
            Origins guard = new Origins(namespace.access());
            namespace.ws().ifPresent(path -> {
                webSockets.put(path, namespace);
                guards.put(path, guard);
            });
            namespace.sockjs().ifPresent(path -> {
                guards.put(path + BELOW, guard);
                router.route(path + BELOW).handler(request -> guard(request, guard));
                mounts.mount(router, namespace, path);
            });
        });
        SessionRoutes sessions = new SessionRoutes(vertx, config.http().session());
        if (!node.routes().isEmpty()) {
            new OwnRoutes(vertx, node.routes(), sessions, config.limits().message()).mount(router);
        }
        if (config.namespaces().values().stream()
                .anyMatch(namespace -> namespace.access().session())) {
            sessions.begin(router);
        }
        new PageRoutes(vertx, config.http().webroot(), node.tokens(), Addresses.AUTHENTICATOR).mount(router);
        return router;
    }

    private static void guard(RoutingContext request, Origins guard) {
        if (!guard.allows(request.request())) {
            refuse(request.request(), 403);
            return;
        }
        if (request.normalizedPath().contains("/iframe")) {
            // The page in it speaks with this server's own origin, for whoever holds it in a frame.
            guard.framers().ifPresent(policy -> request.response().putHeader("Content-Security-Policy", policy));
        }
        request.next();
    }

    /** The rules for whoever wants a WebSocket at this path. */
    private Origins guarding(String path) {
        Origins exact = guards.get(path);
        return exact != null
                ? exact
                : guards.entrySet().stream()
                        .filter(guard -> isBelow(path, guard.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(origins);
    }

    private static boolean isBelow(String path, String tree) {
        return tree.endsWith(BELOW) && path.startsWith(tree.substring(0, tree.length() - 1));
    }

    private void upgrade(HttpServerRequest request, WebSocketTransport plain, SockJsTransport mounts) {
        String path = request.path();
        if (!isReadable(request)) {
            refuse(request, 400);
        } else if (isReserved(path)) {
            refuse(request, 404);
        } else if (!guarding(path).allows(request)) {
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
