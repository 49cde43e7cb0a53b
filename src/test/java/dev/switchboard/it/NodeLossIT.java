package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that crash, and nodes that are told to end, while clients of all nodes go on. Each node is a JVM. */
@Timeout(150)
class NodeLossIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration ANSWERED = Duration.ofSeconds(3);
    private static final Duration NOTICED = Duration.ofSeconds(5);

    private static final List<Transport> TRANSPORTS =
            List.of(Transport.JDK_WEBSOCKET, Transport.SOCKJS_WEBSOCKET, Transport.SOCKJS_XHR_POLLING);

    @TempDir
    private Path folder;

    private final List<Clients> clients = new ArrayList<>();
    private ForkedCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new ForkedCluster(folder);
    }

    @AfterEach
    void stop() {
        clients.forEach(Clients::close);
        cluster.close();
    }

    /** A node for clients, which handles what is said in the hall. */
    private ForkedNode serve() throws IOException {
        JsonObject events = new JsonObject();
        HallVerticle.EVENTS.forEach(event -> events.put(event, HallVerticle.class.getName()));
        return cluster.serve(new JsonObject()
                .put(
                        "namespaces",
                        new JsonObject()
                                .put("/", new JsonObject().put("auth", "none").put("events", events))));
    }

    private List<ForkedNode> serve(int count) throws IOException {
        List<ForkedNode> nodes = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            nodes.add(serve());
        }
        return nodes;
    }

    private TestClient open(ForkedNode node, Transport transport) {
        Clients opened = new Clients(node, transport);
        clients.add(opened);
        return opened.open();
    }

    private TestClient enter(ForkedNode node, Transport transport) {
        TestClient client = open(node, transport);
        client.answer("enter", null);
        return client;
    }

    private static List<?> list(TestClient client, String event) {
        return ((JsonArray) client.answer(event, null)).getList();
    }

    private static void within(Duration limit, Runnable action) {
        long begin = System.nanoTime();
        action.run();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(limit);
    }

    /** Each says something that all hear, each once and in its turn. */
    private static void talk(List<TestClient> all, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (TestClient one : all) {
                String words = round + " of " + one.id();
                one.answer("say", words);
                all.forEach(hearer -> assertThat(hearer.data("said")).isEqualTo(words));
            }
        }
    }

    @Test
    void kill_ofANode_leavesTheOthersInTouch() throws Exception {
        List<ForkedNode> nodes = serve(3);
        List<TestClient> all = new ArrayList<>();
        for (int n = 0; n < nodes.size(); n++) {
            all.add(enter(nodes.get(n), TRANSPORTS.get(n)));
        }
        List<String> ids = all.stream().map(TestClient::id).toList();
        all.forEach(client -> {
            assertThat(Set.copyOf(list(client, "everybody"))).isEqualTo(Set.copyOf(ids));
            assertThat(Set.copyOf(list(client, "in hall"))).isEqualTo(Set.copyOf(ids));
        });
        talk(all, 1);

        long killed = System.nanoTime();
        nodes.get(1).kill();
        List<TestClient> survivors = List.of(all.get(0), all.get(2));
        for (int round = 0; round < 10; round++) {
            within(AT_ONCE, () -> talk(survivors, 1));
        }

        Set<String> left = Set.of(ids.get(0), ids.get(2));
        Duration since = Duration.ofNanos(System.nanoTime() - killed);
        await().atMost(NOTICED.minus(since))
                .untilAsserted(() -> survivors.forEach(client -> {
                    assertThat(Set.copyOf(list(client, "everybody"))).isEqualTo(left);
                    assertThat(Set.copyOf(list(client, "in hall"))).isEqualTo(left);
                }));
        TestClient late = enter(serve(), TRANSPORTS.get(1));
        List<TestClient> again = List.of(all.get(0), late, all.get(2));
        talk(again, 2);
        again.forEach(client -> assertThat(list(client, "in hall")).hasSize(3));
    }

    @Test
    void kill_ofANodeWithHandlers_isToldToThoseWhoWaitAndAnotherTakesOver() throws Exception {
        List<ForkedNode> nodes = serve(2);
        ForkedNode handlers = cluster.handle(AnsweringVerticle.class);
        List<TestClient> all = IntStream.range(0, TRANSPORTS.size())
                .mapToObj(n -> open(nodes.get(n % 2), TRANSPORTS.get(n)))
                .toList();
        all.forEach(client -> awaitAnswersOf(handlers, client));
        List<Integer> waiting =
                all.stream().map(client -> client.ask("never", 1)).toList();
        all.forEach(client -> client.next("begun"));
        List<Integer> behind =
                all.stream().map(client -> client.ask("answer", 2)).toList();

        handlers.kill();

        within(ANSWERED, () -> {
            for (int n = 0; n < all.size(); n++) {
                assertThat(code(all.get(n).ack(waiting.get(n)))).isEqualTo("HANDLER_LOST");
                assertThat(code(all.get(n).ack(behind.get(n)))).isIn("HANDLER_LOST", "NO_HANDLER");
            }
        });
        ForkedNode others = cluster.handle(AnsweringVerticle.class);
        all.forEach(client -> awaitAnswersOf(others, client));
    }

    private static String code(JsonObject ack) {
        return ack.getJsonObject("error", new JsonObject()).getString("code");
    }

    /** Handlers that have just been started are not known yet, which is told as a failure to retry. */
    private static void awaitAnswersOf(ForkedNode handlers, TestClient client) {
        await().atMost(Inbox.DEADLINE).until(() -> {
            JsonObject answer = client.ack(client.ask("answer", 1)).getJsonObject("data");
            return answer != null && answer.getLong("pid") == handlers.pid();
        });
    }

    @Test
    void terminate_ofANodeWithHandlers_failsNoAsk() throws Exception {
        List<ForkedNode> nodes = serve(2);
        ForkedNode leaving = cluster.handle(AnsweringVerticle.class);
        ForkedNode staying = cluster.handle(AnsweringVerticle.class);
        List<TestClient> all = IntStream.range(0, 12)
                .mapToObj(n -> open(nodes.get(n % 2), TRANSPORTS.get(n % TRANSPORTS.size())))
                .toList();
        all.forEach(client -> await().atMost(Inbox.DEADLINE)
                .until(() -> client.ack(client.ask("answer", 0)).containsKey("data")));
        Set<Long> both = Set.of(leaving.pid(), staying.pid());
        await().atMost(Inbox.DEADLINE).until(() -> both.equals(askWhile(all, () -> false)));

        leaving.terminate();
        askWhile(all, leaving::isAlive);

        assertThat(leaving.awaitExit()).isZero();
        assertThat(askWhile(all, () -> false)).containsExactly(staying.pid());
        all.forEach(client -> assertThat(client.inbox().all().stream()
                        .map(JsonObject::new)
                        .filter(message -> message.containsKey("ack"))
                        .map(message -> message.getLong("ack")))
                .doesNotHaveDuplicates());
    }

    /** Lets all ask, so that something is always on its way; returns the processes that answered. */
    private static Set<Long> askWhile(List<TestClient> all, BooleanSupplier goesOn) {
        Set<Long> answering = new HashSet<>();
        List<Batch> sent = all.stream().map(Batch::ask).toList();
        do {
            List<Batch> next = all.stream().map(Batch::ask).toList();
            sent.forEach(batch -> answering.addAll(batch.answers()));
            sent = next;
        } while (goesOn.getAsBoolean());
        sent.forEach(batch -> answering.addAll(batch.answers()));
        return answering;
    }

    private record Batch(TestClient client, List<Integer> ids) {
        static Batch ask(TestClient client) {
            return new Batch(
                    client,
                    IntStream.range(0, 8).mapToObj(n -> client.ask("answer", n)).toList());
        }

        Set<Long> answers() {
            Set<Long> answering = new HashSet<>();
            for (int n = 0; n < ids.size(); n++) {
                JsonObject ack = client.ack(ids.get(n));
                assertThat(ack.fieldNames()).as(ack.encode()).containsExactlyInAnyOrder("ack", "data");
                assertThat(ack.getJsonObject("data").getInteger("data")).isEqualTo(n);
                answering.add(ack.getJsonObject("data").getLong("pid"));
            }
            return answering;
        }
    }
}
