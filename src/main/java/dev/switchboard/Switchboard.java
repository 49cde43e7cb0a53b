package dev.switchboard;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Answerers;
import dev.switchboard.bus.HandlerDirectory;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.Inspection;
import dev.switchboard.bus.Peers;
import dev.switchboard.cluster.BusEncryption;
import dev.switchboard.cluster.ClusterKey;
import dev.switchboard.config.ConfigurationException;
import dev.switchboard.config.Fault;
import dev.switchboard.config.HandlerConfig;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.Secret;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.config.TracingConfig;
import dev.switchboard.handler.JsonHandlers;
import dev.switchboard.http.HttpVerticle;
import dev.switchboard.http.Node;
import dev.switchboard.http.RouteMount;
import dev.switchboard.hub.Hub;
import dev.switchboard.time.NodeClock;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.Revocations;
import dev.switchboard.tracing.Telemetry;
import dev.switchboard.tracing.Tracing;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Payload;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.shareddata.LocalMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a node: reads the configuration, deploys the handlers that it maps, and then opens the door, one HTTP verticle
 * per event loop.
 *
 * <pre>{@code
 * vertx.deployVerticle(new Switchboard(), new DeploymentOptions().setConfig(json));
 * }</pre>
 *
 * <p>The start fails with a {@link dev.switchboard.config.ConfigurationException} that names every fault of the
 * configuration, or with what kept it from listening.
 */
public final class Switchboard extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);

    private int port;

    /** Begun here, and not by who started the node. */
    private @Nullable Telemetry telemetry;

    /** The port that is listened on, once started. */
    public int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        if (running().putIfAbsent("here", true) != null) {
            return Future.failedFuture(new IllegalStateException("a Switchboard runs in this Vert.x already"));
        }
        return vertx.executeBlocking(this::read).compose(this::deploy).onFailure(cause -> {
            running().clear();
            Inspection.of(vertx).by(null);
            untrace();
        });
    }

    @Override
    public Future<?> stop() {
        running().clear();
        Inspection.of(vertx).by(null);
        return untrace();
    }

    /** Blocks for a moment. A node that was started by the jar traces already, and Vert.x itself with it. */
    private void trace(TracingConfig config) {
        Tracing tracing = Tracing.of(vertx);
        if (config.enabled() && tracing.spans() == null) {
            Telemetry begun = Telemetry.begin(false);
            telemetry = begun;
            tracing.begin(vertx, begun.api(), config.clients());
        }
    }

    private Future<?> untrace() {
        Telemetry begun = telemetry;
        if (begun == null) {
            return Future.succeededFuture();
        }
        telemetry = null;
        Tracing.of(vertx).end();
        return vertx.executeBlocking(() -> {
            begun.close();
            return begun;
        });
    }

    /** Two in one Vert.x would share addresses, and so handlers and authenticators. */
    private LocalMap<String, Boolean> running() {
        return vertx.sharedData().getLocalMap("switchboard.running");
    }

    private SwitchboardConfig read() {
        SwitchboardConfig config = SwitchboardConfig.read(config(), System.getenv(), new Verticles(vertx));
        trace(config.tracing());
        return config;
    }

    private Future<?> deploy(SwitchboardConfig config) {
        if (config.cluster().tls().isPresent() && vertx.isClustered() && !BusEncryption.isOn(vertx)) {
            return Future.failedFuture(new ConfigurationException(List.of(new Fault(
                    "cluster.tls", "needs a launcher that sets up the event bus so: the jar itself, or run.sh"))));
        }
        if (config.development()) {
            Inspection.of(vertx).by(new Declarations(config));
        }
        return Peers.of(vertx)
                .joined()
                .compose(v -> vertx.deployVerticle(new JsonHandlers()))
                .compose(v -> vertx.deployVerticle(config.token().authenticator()))
                .compose(v -> deployHandlers(config))
                .compose(v -> checkMiddleware(config))
                .compose(v -> key(config))
                .compose(key -> listen(config, key))
                .onSuccess(v -> announce(config));
    }

    private Future<?> deployHandlers(SwitchboardConfig config) {
        Future<?> all = Future.succeededFuture();
        for (Map.Entry<String, HandlerConfig> handler : config.handlers().entrySet()) {
            all = all.compose(v -> deployHandler(handler.getKey(), handler.getValue(), config));
        }
        return all;
    }

    private Future<?> deployHandler(String name, HandlerConfig handler, SwitchboardConfig config) {
        Map<String, Set<String>> events = new HashMap<>();
        config.namespaces().forEach((namespace, settings) -> {
            Set<String> mapped = mapped(name, settings);
            if (!mapped.isEmpty()) {
                events.put(namespace, mapped);
            }
        });
        DeploymentOptions options = new DeploymentOptions()
                .setInstances(handler.instances())
                .setThreadingModel(threading(handler.threading()))
                .setConfig(SocketIdVerticle.configured(
                        new Mapping(name, events).into(handler.config()), namespacesWithIdsOf(name, config)));
        // A verticle that is a source file is compiled first, by the thread that asks for it.
        String verticle = new Verticles(vertx).middleware(name).isPresent() ? MiddlewareFactory.verticle(name) : name;
        return vertx.executeBlocking(() -> vertx.deployVerticle(verticle, options))
                .compose(deployed -> deployed);
    }

    /** A verticle that is no middleware would let nobody in: better nothing starts. */
    private Future<?> checkMiddleware(SwitchboardConfig config) {
        String self = Peers.of(vertx).self();
        List<Announcement> here = new HandlerDirectory(vertx)
                .instances().stream()
                        .filter(instance -> instance.node().equals(self))
                        .toList();
        List<Fault> faults = new ArrayList<>();
        config.namespaces().values().forEach(namespace -> {
            namespace.connectionMiddleware().stream()
                    .filter(name ->
                            here.stream().noneMatch(one -> one.is(name, namespace.name(), EventNames.CONNECTION)))
                    .forEach(name -> faults.add(Mapping.fault(name, namespace.name(), EventNames.CONNECTION)));
            namespace.packetMiddleware().stream()
                    .filter(name -> here.stream().noneMatch(one -> one.is(name, namespace.name(), EventNames.PACKET)))
                    .forEach(name -> faults.add(Mapping.fault(name, namespace.name(), EventNames.PACKET)));
        });
        return faults.isEmpty() ? Future.succeededFuture() : Future.failedFuture(new ConfigurationException(faults));
    }

    /** What a namespace wants of a verticle. */
    private static Set<String> mapped(String name, NamespaceConfig namespace) {
        Set<String> events = new TreeSet<>();
        namespace.events().forEach((event, verticle) -> {
            if (verticle.equals(name)) {
                events.add(event);
            }
        });
        if (namespace.connectionMiddleware().contains(name)) {
            events.add(EventNames.CONNECTION);
        }
        if (namespace.packetMiddleware().contains(name)) {
            events.add(EventNames.PACKET);
        }
        return events;
    }

    private static List<String> namespacesWithIdsOf(String verticle, SwitchboardConfig config) {
        return config.namespaces().values().stream()
                .filter(namespace ->
                        namespace.socketIds().filter(verticle::equals).isPresent())
                .map(NamespaceConfig::name)
                .toList();
    }

    private static ThreadingModel threading(HandlerConfig.Threading threading) {
        return switch (threading) {
            case WORKER -> ThreadingModel.WORKER;
            case VIRTUAL -> ThreadingModel.VIRTUAL_THREAD;
            case EVENT_LOOP -> ThreadingModel.EVENT_LOOP;
        };
    }

    private Future<?> listen(SwitchboardConfig config, Secret key) {
        NodeClock clock = NodeClock.of(vertx);
        PageTokens tokens = PageTokens.create(vertx, config.token(), key, new Revocations(clock));
        Hubs hubs = new Hubs(vertx);
        List<RouteMount> routes = routes(config, new Tokens(tokens, hubs::revoke));
        Node node = new Node(config, tokens, Peers.of(vertx), hubs::revoke, routes, clock);
        int instances = config.http().instances() > 0
                ? config.http().instances()
                : Runtime.getRuntime().availableProcessors();
        return vertx.deployVerticle(() -> new HttpVerticle(node), new DeploymentOptions().setInstances(instances))
                .compose(v -> config.admin().isPresent() ? node.openAdminDesk(vertx) : Future.succeededFuture())
                .onSuccess(v -> {
                    port = node.port();
                    config.http()
                            .drain()
                            .url()
                            .ifPresent(url -> new Answerers(vertx)
                                    .add(Hub.ADDRESS_OF_NODE, asked -> Future.succeededFuture(Payload.of(url))));
                });
    }

    private static List<RouteMount> routes(SwitchboardConfig config, Tokens tokens) {
        RouteClasses classes = new RouteClasses();
        return config.http().routes().stream()
                .<RouteMount>map(routes -> (router, vertx, save) ->
                        classes.create(routes).mount(router, new Door(vertx, routes.config(), tokens, save)))
                .toList();
    }

    private Future<Secret> key(SwitchboardConfig config) {
        Optional<Secret> given = config.token().key();
        if (vertx.isClustered()) {
            return ClusterKey.agree(vertx, config.cluster().trustedNetwork(), config.token());
        }
        return Future.succeededFuture(given.orElseGet(() -> {
            LOG.warn("No token key is configured: a random one is used, so a restart ends all log-ins."
                    + " Set SWITCHBOARD_TOKEN_KEY or token.keyFile.");
            return PageTokens.randomKey();
        }));
    }

    private static void announceDevelopment(String host) {
        if (Set.of("127.0.0.1", "::1", "localhost").contains(host)) {
            LOG.info("In development: handlers are held to what is declared of events, which is shown at /docs");
        } else {
            LOG.warn("In development, and not on loopback: /docs shows the events to all who can reach {}", host);
        }
    }

    private void announce(SwitchboardConfig config) {
        boolean here = Set.of("0.0.0.0", "127.0.0.1").contains(config.http().host());
        LOG.info(
                "Switchboard is at {}://{}:{}",
                config.http().tls().isPresent() ? "https" : "http",
                here ? "localhost" : config.http().host(),
                port);
        if (config.development()) {
            announceDevelopment(config.http().host());
        }
        LOG.info("Up to {} MiB may wait for clients", config.nodeLimits().outboundTotal() >> 20);
        config.socketIo().path().ifPresent(path -> LOG.info("Socket.IO at {}/, for all namespaces", path));
        for (NamespaceConfig namespace : config.namespaces().values()) {
            LOG.info(
                    "Namespace {} (auth {}): SockJS at {}, WebSocket at {}",
                    namespace.name(),
                    namespace.auth().name().toLowerCase(Locale.ROOT),
                    namespace.sockjs().orElse("-"),
                    namespace.ws().orElse("-"));
            new TreeMap<>(namespace.events()).forEach((event, verticle) -> LOG.info("  {} -> {}", event, verticle));
        }
    }
}
