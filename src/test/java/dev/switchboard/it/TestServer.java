package dev.switchboard.it;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Namespace;
import dev.switchboard.Switchboard;
import dev.switchboard.wire.EventException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * A server of its own: as many nodes as {@link TestNodes} says, each on a free port, with two event loops, and the key of
 * {@link Tokens}. Clients are spread over the nodes; what acts without a client acts on the last node, far from most.
 */
final class TestServer implements Nodes, AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;

    private static final String MARKER = "everything before this has come";

    private final TestNodes nodes;
    private final List<Switchboard> switchboards;
    private final AtomicInteger clients = new AtomicInteger();
    private final Path key;

    private TestServer(JsonObject config, TestNodes nodes) {
        this.nodes = nodes;
        this.switchboards = nodes.all().stream().map(node -> new Switchboard()).toList();
        try {
            key = Files.createTempFile("switchboard", ".key");
            Files.writeString(key, Tokens.KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonObject http = new JsonObject()
                .put("port", 0)
                .put("instances", 2)
                .mergeIn(config.getJsonObject("http", new JsonObject()));
        JsonObject token =
                config.getJsonObject("token", new JsonObject()).copy().put("keyFile", key.toString());
        JsonObject first = config.copy().put("http", http).put("token", token);
        JsonObject other = first.copy().put("http", http.copy().put("port", 0));
        await(Future.all(IntStream.range(0, switchboards.size())
                .mapToObj(n -> vertx(n).deployVerticle(
                                switchboards.get(n), new DeploymentOptions().setConfig(n == 0 ? first : other)))
                .toList()));
    }

    static TestServer start(JsonObject config) {
        return new TestServer(config, TestNodes.start());
    }

    /** On so many nodes, whatever the others run on. */
    static TestServer start(int nodes, JsonObject config) {
        return new TestServer(config, TestNodes.start(nodes));
    }

    /** With these namespaces, and defaults otherwise. */
    static TestServer start(String namespaces) {
        return start(new JsonObject().put("namespaces", new JsonObject(namespaces)));
    }

    /** With the namespace {@code /}, in which nobody needs a token. */
    static TestServer open() {
        return start("{\"/\": {\"auth\": \"none\"}}");
    }

    @Override
    public int nodes() {
        return switchboards.size();
    }

    @Override
    public int port() {
        return port(0);
    }

    @Override
    public int nextPort() {
        return port(clients.getAndIncrement() % nodes());
    }

    int port(int node) {
        return switchboards.get(node).port();
    }

    /** At the first node. */
    String url(String path) {
        return url(port(), path);
    }

    /** At each node in turn. */
    String nextUrl(String path) {
        return url(nextPort(), path);
    }

    private static String url(int port, String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The last node's. */
    Vertx vertx() {
        return vertx(nodes() - 1);
    }

    Vertx vertx(int node) {
        return nodes.all().get(node);
    }

    /** See {@link TestNodes#stranger}. */
    Vertx stranger() {
        return nodes.stranger();
    }

    /** What a program in any language gets that asks the last node for a verb. */
    Object verb(String verb, JsonObject body) {
        return await(vertx().eventBus().request("switchboard.verbs", body.put("verb", verb)))
                .body();
    }

    /** The sockets of all nodes, by way of the last. */
    Namespace namespace(String name) {
        return Namespace.of(vertx(), name);
    }

    /** Deploys a worker on the last node that announces its events in {@code /} by itself; returns the deployment. */
    String handle(Consumer<Events> events) {
        return handle("/", 1, ThreadingModel.WORKER, events);
    }

    String handle(String namespace, int instances, ThreadingModel threading, Consumer<Events> events) {
        return handle(nodes() - 1, namespace, instances, threading, events);
    }

    String handle(int node, String namespace, int instances, ThreadingModel threading, Consumer<Events> events) {
        return await(vertx(node)
                .deployVerticle(
                        () -> new Inline(namespace, events),
                        new DeploymentOptions().setInstances(instances).setThreadingModel(threading)));
    }

    /** From whichever node it is on. */
    void undeploy(String deployment) {
        Vertx vertx = nodes.all().stream()
                .filter(node -> node.deploymentIDs().contains(deployment))
                .findFirst()
                .orElseThrow();
        await(vertx.undeploy(deployment));
    }

    /**
     * The data of the events of this name that a client hears until everything has come that was sent to it before,
     * which takes a marker from each node: only what one node sends to another keeps its order.
     */
    List<Object> heardBy(TestClient client, String namespace, String event) {
        String socket = client.id();
        await(Future.all(nodes.all().stream()
                .map(node -> Namespace.of(node, namespace).socket(socket).emit(event, MARKER))
                .toList()));
        List<Object> heard = new ArrayList<>();
        for (int markers = 0; markers < nodes(); ) {
            Object data = client.data(event);
            if (MARKER.equals(data)) {
                markers++;
            } else {
                heard.add(data);
            }
        }
        return heard;
    }

    /** Asserts what a node knows at once when it is alone, and soon when another has to tell it. */
    void assertSoon(Runnable assertion) {
        if (nodes() == 1) {
            assertion.run();
        } else {
            Awaitility.await().atMost(Inbox.DEADLINE).untilAsserted(assertion::run);
        }
    }

    /** The code that it fails with. */
    static String code(Future<?> future) {
        return await(future.map(done -> "no failure")
                .otherwise(cause -> cause instanceof EventException known ? known.code() : cause.toString()));
    }

    /** Blocks the test until it is done. */
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            nodes.close();
        }
    }

    private static final class Inline extends EventVerticle {
        private final String namespace;
        private final Consumer<Events> handled;

        Inline(String namespace, Consumer<Events> handled) {
            this.namespace = namespace;
            this.handled = handled;
        }

        @Override
        protected String namespaceName() {
            return namespace;
        }

        @Override
        protected void events(Events on) {
            handled.accept(on);
        }
    }
}
