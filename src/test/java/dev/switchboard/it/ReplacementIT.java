package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.deployment.DeskVerticle;
import dev.switchboard.deployment.Order;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that are replaced while they are asked: each question is answered once, in order, and none fails. */
final class ReplacementIT {
    private static final int SOCKETS = 6;
    private static final int VERSIONS = 4;

    @TempDir
    private Path folder;

    @Tag("cluster")
    @ParameterizedTest
    @ValueSource(strings = {"counting.js", "Counting.java"})
    void deploy_whileAsked_answersEachQuestionOnceAndInOrder(String verticle) throws Exception {
        write(verticle, 1);
        try (TestServer server = start(verticle);
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            List<TestClient> all =
                    IntStream.range(0, SOCKETS).mapToObj(n -> clients.open()).toList();
            DeskVerticle desk = desks(server);
            Load load = new Load(all);

            for (int version = 2; version <= VERSIONS; version++) {
                load.awaitMore();
                write(verticle, version);
                JsonArray done = deploy(desk, verticle).getJsonArray("done");
                assertThat(done).hasSize(server.nodes());
                assertThat(done.getString(0)).contains("replaced " + verticle + ", version " + version);
            }
            load.awaitMore();

            int asked = load.end();
            for (TestClient client : all) {
                List<Integer> versions = new ArrayList<>();
                for (int n = 1; n <= asked; n++) {
                    JsonObject ack = client.ack(n);
                    assertThat(ack.containsKey("error")).as("%s", ack).isFalse();
                    assertThat(ack.getJsonObject("data").getInteger("n")).isEqualTo(n);
                    versions.add(ack.getJsonObject("data").getInteger("version"));
                }
                // In between, while both run, a socket may go to either.
                assertThat(versions).startsWith(1).endsWith(VERSIONS).contains(2, VERSIONS - 1);
                assertThat(client.inbox().all().stream()
                                .map(JsonObject::new)
                                .filter(message -> message.containsKey("ack"))
                                .map(message -> message.getInteger("ack")))
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, asked).boxed().toList());
                assertThat(client.isClosed()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"counting.js", "Counting.java"})
    void deploy_versionThatDoesNotStart_leavesTheOldOne(String verticle) throws Exception {
        write(verticle, 1);
        try (TestServer server = start(verticle);
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            TestClient client = clients.open();
            DeskVerticle desk = desks(server);
            assertThat(version(client)).isEqualTo(1);

            Files.writeString(folder.resolve(verticle), "class Counting {\n  on(;\n}");
            JsonObject report = deploy(desk, verticle);
            assertThat(report.getJsonArray("done")).isEmpty();
            assertThat(report.getString("fault"))
                    .startsWith("node 0: cannot start " + verticle + ": ")
                    .contains(verticle + ", line 2: ")
                    .doesNotContain("\n");
            assertThat(version(client)).isEqualTo(1);

            write(verticle, 2);
            JsonObject elsewhere = new JsonObject()
                    .put("do", "undeploy")
                    .put("order", new JsonObject().put("name", verticle).put("verticle", verticle))
                    .put("node", "nowhere");
            assertThat(TestServer.await(desk.answer(elsewhere)).getString("fault"))
                    .isEqualTo("there is no node nowhere");
            assertThat(deploy(desk, verticle).containsKey("fault")).isFalse();
            assertThat(version(client)).isEqualTo(2);
        }
    }

    private static int version(TestClient client) {
        return ((JsonObject) client.answer("count", 1)).getInteger("version");
    }

    /** Questions without end, to all clients in turn. */
    private static final class Load {
        private static final int MORE = 100;

        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger asked = new AtomicInteger();
        private final CompletableFuture<Void> asking;
        private final List<TestClient> clients;

        Load(List<TestClient> clients) {
            this.clients = clients;
            this.asking = CompletableFuture.runAsync(this::ask);
        }

        private void ask() {
            while (!over.get()) {
                int n = asked.incrementAndGet();
                clients.forEach(client -> client.ask("count", n));
                LockSupport.parkNanos(1_000_000);
            }
        }

        /** Until so many more are answered. */
        void awaitMore() {
            int until = asked.get() + MORE;
            org.awaitility.Awaitility.await()
                    .atMost(Inbox.DEADLINE)
                    .until(() -> clients.stream()
                            .allMatch(client -> client.inbox().all().size() > until));
        }

        int end() {
            over.set(true);
            asking.join();
            return asked.get();
        }
    }

    private JsonObject deploy(DeskVerticle desk, String verticle) {
        Order order = new Order(
                verticle,
                verticle,
                Optional.of(folder.resolve(verticle)),
                List.of(folder),
                Optional.empty(),
                Optional.empty());
        return TestServer.await(desk.answer(new JsonObject().put("do", "deploy").put("order", order.json())));
    }

    /** One on each node; the first's. */
    private static DeskVerticle desks(TestServer server) {
        List<DeskVerticle> desks = new ArrayList<>();
        for (int n = 0; n < server.nodes(); n++) {
            Vertx vertx = server.vertx(n);
            desks.add(new DeskVerticle("node " + n));
            TestServer.await(vertx.deployVerticle(desks.get(n)));
        }
        return desks.get(0);
    }

    private void write(String verticle, int version) throws IOException {
        String text = verticle.endsWith(".js")
                ? "on('count', async (socket, n) => { await null; return { version: VERSION, n }; });"
                : """
                import dev.switchboard.*;
                import io.vertx.core.json.JsonObject;

                public class Counting extends EventVerticle {
                    @Override
                    protected void events(Events on) {
                        on.event("count", (socket, data) -> vertx.timer(1)
                                .map(t -> new JsonObject().put("version", VERSION).put("n", data.value())));
                    }
                }
                """;
        Files.writeString(folder.resolve(verticle), text.replace("VERSION", "" + version));
    }

    private TestServer start(String verticle) throws IOException {
        JsonObject namespace =
                new JsonObject().put("auth", "none").put("events", new JsonObject().put("count", verticle));
        JsonObject handler = new JsonObject().put("instances", 2);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] roots = {folder.toUri().toURL()};
        thread.setContextClassLoader(new URLClassLoader(roots, before));
        try {
            return TestServer.start(new JsonObject()
                    .put("namespaces", new JsonObject().put("/", namespace))
                    .put("handlers", new JsonObject().put(verticle, handler)));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
