package dev.switchboard.http;

import dev.switchboard.bus.Addresses;
import dev.switchboard.bus.Drain;
import dev.switchboard.config.HttpLimits;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.hub.Hub;
import dev.switchboard.transport.memory.MemoryTransport;
import dev.switchboard.transport.socketio.Site;
import dev.switchboard.transport.socketio.SocketIoTransport;
import dev.switchboard.transport.sockjs.SockJsTransport;
import dev.switchboard.transport.websocket.WebSocketTransport;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door: HTTP, WebSocket, SockJS and Socket.IO on one port, and the hub of the sockets that come in on this event loop. One
 * instance per event loop; the instances share the port.
 */
public final class HttpVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);
    private static final String BELOW = "/*";

    private final Node node;
    private final SwitchboardConfig config;
    private final Origins origins;
    private final Map<String, Origins> guards = new HashMap<>();
    private final Map<String, Origins> entrances = new HashMap<>();
    private final TrustedProxies proxies;
    private final Map<String, NamespaceConfig> webSockets = new HashMap<>();
    private @Nullable Hub hub;
    private @Nullable SockJsTransport sockJs;
    private @Nullable SocketIoTransport socketIo;
    private @Nullable WebSocketTransport webSocketTransport;
    private @Nullable MemoryTransport memory;
    private boolean stopping;

    public HttpVerticle(Node node) {
        this.node = node;
        this.config = node.config();
        this.origins = new Origins(config.http().allowedOrigins(), config.http().noOrigin());
        this.proxies = new TrustedProxies(config.http().trustedProxies());
    }

    @Override
    public Future<?> start() throws Exception {
        Hub started = new Hub(vertx, config.namespaces(), config.limits(), node.tokens(), node.meters(), node.bounds());
        hub = started;
        config.admin().ifPresent(admin -> started.letFollow(admin.follow()));
        WebSocketTransport plain =
                new WebSocketTransport(started, config.limits(), config.http().compression());
        webSocketTransport = plain;
        SockJsTransport mounts = new SockJsTransport(vertx, started, config.limits(), plain, PageRoutes.SOCKJS_CLIENT);
        sockJs = mounts;
        Site site = new Site(config.socketIo(), config.namespaces(), config.limits(), this::mayEnter);
        SocketIoTransport shared = new SocketIoTransport(vertx, started, site, plain);
        socketIo = shared;
        Router router = router(mounts, shared);
        SlowClients slow = new SlowClients(vertx, config.http().limits());
        Handler<HttpServerRequest> door = arrived -> {
            slow.requested(arrived);
            HttpServerRequest request = proxies.seenByClient(arrived);
            if (!Soundness.isSound(request)) {
                Soundness.refuse(request);
            } else if (config.eventBus().isPresent() && isReadable(request) && EventBusBridge.serves(request)) {
                router.handle(new DiscreetRequest(request));
            } else if (request.headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
                upgrade(request, plain, mounts, shared);
            } else {
                router.handle(new DiscreetRequest(request));
            }
        };
        TlsPort port = new TlsPort(vertx, config.http().tls());
        Drain.of(vertx)
                .add(() -> started.drain(
                        config.http().drain().spread().toMillis(),
                        config.http().drain().limit().toMillis()));
        return started.start()
                .compose(v -> port.server(options(config.limits(), config.http().limits())))
                .compose(server -> server.exceptionHandler(HttpVerticle::broken)
                        .connectionHandler(connection -> connected(connection, slow))
                        .requestHandler(door)
                        .listen(port(config.http().port()), config.http().host()))
                // What fails to start is never told to stop.
                .recover(cause -> started.stop().transform(v -> Future.failedFuture(refused(cause))))
                .onSuccess(listening -> {
                    memory = MemoryTransport.open(vertx, started, config.namespaces(), node.tokens());
                    if (node.listening(listening.actualPort())) {
                        port.renew(listening);
                    }
                });
    }

    @Override
    public Future<?> stop() {
        stopping = true;
        if (memory != null) {
            memory.stop();
        }
        Future<Void> ended = hub == null ? Future.succeededFuture() : hub.stop();
        return ended.onComplete(v -> {
            if (sockJs != null) {
                sockJs.stop();
            }
            if (socketIo != null) {
                socketIo.stop();
            }
            if (webSocketTransport != null) {
                webSocketTransport.stop();
            }
        });
    }

    /** What the decoder says of a broken request repeats it, and a token may stand in it. */
    private static void broken(Throwable cause) {
        LOG.debug("A connection failed: {}", cause.getClass().getSimpleName());
    }

    private void connected(HttpConnection connection, SlowClients slow) {
        if (node.bounds().tcpOpened()) {
            slow.connected(connection);
            // Its own handler of the end is never called once the connection is a WebSocket.
            ((ConnectionBase) connection)
                    .closeFuture()
                    .onComplete(v -> node.bounds().tcpClosed());
        } else {
            connection.close();
        }
    }

    /** To Vert.x, -1 is a free port that all instances share, and 0 one for each. */
    private static int port(int configured) {
        return configured == 0 ? -1 : configured;
    }

    private Throwable refused(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("Address already in use")
                ? new IllegalStateException(
                        "port " + config.http().port() + " of " + config.http().host() + " is in use", cause)
                : cause;
    }

    private static HttpServerOptions options(Limits limits, HttpLimits http) {
        HttpServerOptions options = new HttpServerOptions();
        if (limits.sendBuffer() > 0) {
            options.setSendBufferSize(limits.sendBuffer());
        }
        // Vert.x would note the URLs, and tokens may stand in them.
        return options.setTracingPolicy(TracingPolicy.IGNORE)
                .setMaxInitialLineLength(http.requestLine())
                .setMaxHeaderSize(http.headerSize())
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(limits.message())
                .setMaxWebSocketMessageSize(limits.message())
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    private Router router(SockJsTransport mounts, SocketIoTransport shared) throws Exception {
        Router router = Router.router(vertx);
        SecurityHeaders headers = new SecurityHeaders();
        router.routeWithRegex("/(health/.*|token)").handler(headers);
        Drain drain = Drain.of(vertx);
        Readiness readiness = new Readiness(vertx, config.namespaces().values());
        new HealthRoutes(vertx, readiness.checks(() -> stopping)).mount(router);
        if (!config.http().drain().from().isEmpty()) {
            new DrainRoute(drain, config.http().drain().from()).mount(router);
        }
        config.admin().ifPresent(admin -> {
            router.routeWithRegex("/admin(/.*)?").handler(headers);
            new AdminRoutes(vertx, admin, List.copyOf(config.namespaces().keySet()), node.tokens()).mount(router);
        });
        new MetricsRoute(node.meters(), config.http().metrics()).mount(router);
        new TokenRoutes(vertx, node.tokens(), Addresses.AUTHENTICATOR, origins::allows, node.revoke()).mount(router);
        shared.mount(router);
        config.eventBus()
                .ifPresent(bridge -> new EventBusBridge(
                                vertx, bridge, config.limits().message(), node.tokens(), origins::allows)
                        .mount(router));
        config.namespaces().values().forEach(namespace -> {
            Origins guard = new Origins(namespace.access());
            entrances.put(namespace.name(), guard);
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
        router.route().handler(headers);
        if (config.development()) {
            new DocsRoutes(vertx, config).mount(router);
        }
        SessionRoutes sessions = new SessionRoutes(vertx, config.http().session());
        if (!node.routes().isEmpty()) {
            new OwnRoutes(vertx, node.routes(), sessions, config.limits().message()).mount(router);
        }
        if (config.namespaces().values().stream()
                .anyMatch(namespace -> namespace.access().session())) {
            sessions.begin(router);
        }
        PagePolicy policy = new PagePolicy(config.http().contentSecurityPolicy());
        new PageRoutes(vertx, config.http().webroot(), node.tokens(), Addresses.AUTHENTICATOR, policy).mount(router);
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

    /** Whether the page of a request may enter a namespace by a path that is of no single one. */
    private boolean mayEnter(HttpServerRequest request, NamespaceConfig namespace) {
        return entrances.getOrDefault(namespace.name(), origins).allows(request);
    }

    private void upgrade(
            HttpServerRequest request, WebSocketTransport plain, SockJsTransport mounts, SocketIoTransport shared) {
        if (!isReadable(request)) {
            refuse(request, 400);
        } else if (!shared.accept(request)) {
            upgradeElsewhere(request, plain, mounts);
        }
    }

    private void upgradeElsewhere(HttpServerRequest request, WebSocketTransport plain, SockJsTransport mounts) {
        String path = request.path();
        if (ReservedPaths.include(path)) {
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

    private static void refuse(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
    }
}
