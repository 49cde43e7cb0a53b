package dev.switchboard.testkit;

import dev.switchboard.Namespace;
import dev.switchboard.Switchboard;
import dev.switchboard.bus.Inspection;
import dev.switchboard.token.User;
import dev.switchboard.transport.memory.MemoryConnection;
import dev.switchboard.transport.memory.MemoryLine;
import dev.switchboard.transport.memory.MemoryTransport;
import dev.switchboard.wire.Handshake;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A node for tests. It runs what a configuration says, in a Vert.x of its own and on a free port; its {@link TestClient}s
 * come by memory, without a network.
 *
 * <pre>{@code
 * try (TestNode node = TestNode.start(Path.of("conf/chat.json"))) {
 *     TestClient ann = node.connect("ann");
 *     …
 * }
 * }</pre>
 *
 * <p>It is in development, unless the configuration says otherwise: where a handler sends something else than is declared,
 * the test fails, by {@link #clear} or {@link #close} at the latest.
 *
 * <p>What a test awaits comes within twenty seconds, or the test fails. Environment variables such as {@code
 * SWITCHBOARD_TOKEN_KEY} count as they do for any node.
 */
public final class TestNode implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final TestClock clock;
    private final Switchboard switchboard;
    private final List<TestNode> neighbours;
    private final Wait wait = new Wait(LIMIT);
    private final List<TestClient> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * @param own closed when it does not start
     * @param time of its timers, too
     * @param all the nodes that settle together, and may change; this one is to be among them
     */
    TestNode(Vertx own, TestClock time, JsonObject configuration, List<TestNode> all) {
        vertx = own;
        clock = time;
        clock.set(own);
        neighbours = all;
        switchboard = new Switchboard();
        JsonObject http = new JsonObject()
                .put("instances", 1)
                .mergeIn(configuration.getJsonObject("http", new JsonObject()))
                .put("host", "127.0.0.1")
                .put("port", 0);
        JsonObject config =
                new JsonObject().put("development", true).mergeIn(configuration).put("http", http);
        try {
            wait.on(
                    "the start of the node",
                    vertx.deployVerticle(switchboard, new DeploymentOptions().setConfig(config)));
        } catch (RuntimeException | Error failed) {
            wait.on("the end of the node", vertx.close());
            throw failed;
        }
    }

    /**
     * Runs what a configuration file says. Of {@code http}, it listens on a free port of loopback only, by one event loop
     * unless {@code instances} says otherwise.
     *
     * @throws dev.switchboard.config.ConfigurationException with all faults, if there are some
     */
    public static TestNode start(Path file) {
        try {
            return start(new JsonObject(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with a configuration that is no file. */
    public static TestNode start(JsonObject configuration) {
        VertxOptions options = new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(8);
        List<TestNode> alone = new CopyOnWriteArrayList<>();
        TestClock clock = new TestClock();
        Vertx vertx = clock.build().with(options).build();
        TestNode node = new TestNode(vertx, clock, configuration, alone);
        alone.add(node);
        return node;
    }

    /** With the namespace {@code /}, into which everybody may come, and this handler of all its events. */
    public static TestNode start(Supplier<? extends Deployable> handler) {
        JsonObject open = new JsonObject().put("/", new JsonObject().put("auth", "none"));
        TestNode node = start(new JsonObject().put("namespaces", open));
        node.deploy(handler);
        return node;
    }

    // ---- clients

    /** A client of {@code /} that says nothing about itself; waits until it is let in. */
    public TestClient connect() {
        return visit().connect();
    }

    /** A client of {@code /} whose token says that it is this user, by id and by name. */
    public TestClient connect(String user) {
        return visit().user(new User(user, user)).connect();
    }

    /** A client that comes in another way. */
    public Visit visit() {
        return new Visit(this);
    }

    TestClient connect(Visit visit) {
        return new TestClient(this, visit, hub().codec(visit.namespace()), wait);
    }

    /** A client is here, and was elsewhere until now. */
    void takes(TestClient client) {
        clients.add(client);
    }

    /** A client is here no longer. */
    void forgets(TestClient client) {
        clients.remove(client);
    }

    private MemoryTransport hub() {
        List<MemoryTransport> hubs = MemoryTransport.all(vertx);
        return hubs.get(connections.getAndIncrement() % hubs.size());
    }

    /** @param again whether the client is about to say that it was here before */
    MemoryLine line(Visit visit, boolean again, MemoryConnection.Peer peer) {
        MemoryTransport hub = hub();
        User user = visit.user();
        String token =
                user == null ? null : hub.tokens().issue(user, visit.claims()).raw();
        Map<String, String> query = new HashMap<>(visit.query());
        if (again) {
            query.put("resume", "1");
        }
        Handshake handshake = new Handshake("/memory", query, visit.headers(), visit.address(), false, clock.now());
        return wait.on("a connection", hub.connect(visit.namespace(), handshake, token, peer));
    }

    TestClient awaitOpen(TestClient client) {
        wait.until("to be let in", () -> {
            if (client.isClosed()) {
                throw new AssertionError("awaited to be let in, but was closed: " + client.awaitClosed());
            }
            return client.line().isOpen();
        });
        return client;
    }

    /**
     * Waits until handlers have done all that clients have sent, and clients have been sent all that came of it; in a cluster,
     * on all its nodes. What a handler does later by itself, by a timer or without a Future that says when, is not waited for.
     */
    public void settle() {
        neighbours.forEach(TestNode::awaitQuiet);
        // A hub answers after it has taken what came before.
        neighbours.forEach(node -> wait.on("the hubs", node.namespace("/").all().sockets()));
    }

    private void awaitQuiet() {
        for (TestClient client : clients) {
            wait.until("handlers to be done", () -> client.line().isQuiet());
        }
    }

    /** Waits until a handler is at work for this client of its. */
    public void awaitBusy(TestClient client) {
        wait.until("a handler to begin", () -> client.line().isQuiet().map(quiet -> !quiet));
    }

    /**
     * Closes all its clients, and waits until their ends are handled.
     *
     * @throws AssertionError when a handler has sent something that is not as declared, and nobody has {@link #faults asked}
     */
    public void clear() {
        clients.forEach(TestClient::close);
        settle();
        clients.clear();
        checkFaults();
    }

    /** What handlers of this node have sent since the last call that is not as declared. Who asks knows, so nothing fails for it. */
    public List<String> faults() {
        return Inspection.of(vertx).noted();
    }

    void checkFaults() {
        List<String> faults = faults();
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults));
        }
    }

    // ---- the node

    /** Its time, and that of its neighbours. */
    public TestClock clock() {
        return clock;
    }

    /** Its Vert.x, for handlers' own timers, maps and addresses. */
    public Vertx vertx() {
        return vertx;
    }

    /** The verbs of code that has no socket at hand. */
    public Namespace namespace(String name) {
        return Namespace.of(vertx, name);
    }

    /** Where it listens, on loopback: for its HTTP routes, and for clients that are real ones. */
    public int port() {
        return switchboard.port();
    }

    /** Deploys a handler, as a worker, that announces its events itself; returns the deployment. */
    public String deploy(Supplier<? extends Deployable> handler) {
        DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
        return deploy(handler, worker);
    }

    /** The same with other options, such as its configuration. */
    public String deploy(Supplier<? extends Deployable> handler, DeploymentOptions options) {
        return await(vertx.deployVerticle(handler, options));
    }

    /** Ends a handler that {@link #deploy} has started, after the events that it has. */
    public void undeploy(String deployment) {
        await(vertx.undeploy(deployment));
    }

    /** What a Future succeeds with; what it fails with is thrown. */
    public <T> T await(Future<T> future) {
        return wait.on("a Future", future);
    }

    /** Its clients hear nothing more, and it nothing of them. */
    void cutOff() {
        clients.forEach(TestClient::lose);
        clients.clear();
    }

    /**
     * Ends it with all its clients.
     *
     * @throws AssertionError as {@link #clear}
     */
    @Override
    public void close() {
        wait.on("the end of the node", vertx.close());
        checkFaults();
    }
}
