package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.Events;
import dev.switchboard.Namespace;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that lose their connection and come back, on whatever node. Each test is alone in its rooms. */
@EveryTransport
@Tag("cluster")
class ResumeIT {
    private static final Map<String, AtomicInteger> RUNS = new ConcurrentHashMap<>();
    private static final Map<String, Promise<Object>> HELD = new ConcurrentHashMap<>();
    private static final Queue<String> LIFE = new ConcurrentLinkedQueue<>();
    private static final Map<String, AtomicInteger> UNDER_WAY = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> MOST_UNDER_WAY = new ConcurrentHashMap<>();

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;
    private final String room;

    ResumeIT(Transport transport) {
        this.transport = transport;
        this.clients = new Clients(server, transport);
        this.room = "room of " + transport + "/ü.*";
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(
                "{\"/\": {\"auth\": \"none\", \"resume\": {}}, \"/short\": {\"auth\": \"none\", \"resume\": {\"window\": \"1s\"}},"
                        + " \"/few\": {\"auth\": \"none\", \"resume\": {\"entries\": 10}}}");
        for (String namespace : List.of("/", "/short", "/few")) {
            server.handle(namespace, 2, ThreadingModel.WORKER, ResumeIT::events);
        }
    }

    private static void events(Events on) {
        on.open(socket -> LIFE.add("open " + socket.id() + " " + socket.isResumed()));
        on.close((socket, reason) -> LIFE.add("close " + socket.id() + " " + socket.attribute("name")));
        on.event("join", (socket, data) -> socket.join(data.string()));
        on.event("join and say", (socket, data) -> {
            socket.join(data.string("room"));
            return socket.toRoom(data.string("room")).emit("said", data.number("n"));
        });
        on.event("join and go", (socket, data) -> {
            Future<Void> joined = socket.join(data.string());
            socket.disconnect(CloseReason.GOING_AWAY);
            return joined;
        });
        on.event("leave", (socket, data) -> socket.leave(data.string()));
        on.event("rooms", (socket, data) -> socket.rooms().map(List::copyOf));
        on.action("name", (socket, data) -> socket.attribute("name", data.string()));
        on.event("my name", (socket, data) -> socket.attribute("name"));
        on.event(
                "others",
                (socket, data) -> socket.toOthersIn(data.string("room")).emit("said", data.number("n")));
        on.event("say", (socket, data) -> {
            String into = data.string("room");
            AtomicInteger underWay = UNDER_WAY.computeIfAbsent(into, key -> new AtomicInteger());
            MOST_UNDER_WAY
                    .computeIfAbsent(into, key -> new AtomicInteger())
                    .accumulateAndGet(underWay.incrementAndGet(), Math::max);
            return socket.toRoom(into).emit("said", data.number("n")).onComplete(done -> underWay.decrementAndGet());
        });
        on.event(
                "run",
                (socket, data) -> RUNS.computeIfAbsent(data.string(), key -> new AtomicInteger())
                        .incrementAndGet());
        on.event("hold", (socket, data) -> {
            RUNS.computeIfAbsent(data.string(), key -> new AtomicInteger()).incrementAndGet();
            return HELD.computeIfAbsent(data.string(), key -> Promise.promise()).future();
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Returning open(String namespace) {
        return new Returning(clients, transport, namespace).connect();
    }

    private Namespace namespace() {
        return server.namespace("/");
    }

    private static List<Object> numbers(int from, int to) {
        return new ArrayList<>(IntStream.range(from, to).boxed().toList());
    }

    private void say(String namespace, int from, int to) {
        List<Future<Void>> emitted = new ArrayList<>();
        for (int n = from; n < to; n++) {
            emitted.add(server.namespace(namespace).room(room).emit("said", n));
        }
        TestServer.await(Future.all(emitted));
    }

    private static void awaitHeard(Returning client, List<Object> all) {
        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(client.heard("said")).hasSizeGreaterThanOrEqualTo(all.size()));
        assertThat(client.heard("said")).isEqualTo(all);
    }

    @Test
    void comeBack_bringsWhatWasMissedOnceAndInOrder() {
        Returning client = open("/");
        client.client().answer("join", room);
        say("/", 0, 50);
        awaitHeard(client, numbers(0, 50));
        for (int round = 1; round < 4; round++) {
            client.breakOff();
            say("/", round * 50, round * 50 + 25);
            assertThat(client.comeBack().getBoolean("resumed")).isTrue();
            say("/", round * 50 + 25, round * 50 + 50);
            awaitHeard(client, numbers(0, round * 50 + 50));
        }
    }

    @Test
    void emit_rightAfterAJoinOfTheSameHandler_reachesWhoJoined() {
        // A browser has no more connections to one host.
        List<Returning> all = IntStream.range(0, 5).mapToObj(n -> open("/")).toList();
        List<Integer> asked = new ArrayList<>();
        for (int n = 0; n < all.size(); n++) {
            JsonObject data = new JsonObject().put("room", room + " of " + n).put("n", n);
            asked.add(all.get(n).client().ask("join and say", data));
        }
        for (int n = 0; n < all.size(); n++) {
            assertThat(all.get(n).client().ack(asked.get(n)).containsKey("error"))
                    .isFalse();
            awaitHeard(all.get(n), List.of(n));
        }
    }

    @Test
    void comeBack_whileMuchIsSaid_losesAndDoublesNothing() {
        Returning client = open("/");
        client.client().answer("join", room);
        int sent = 0;
        List<Future<Void>> emitted = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (int n = 0; n < 200; n++) {
                emitted.add(namespace().room(room).emit("said", sent++));
            }
            client.breakOff();
            for (int n = 0; n < 200; n++) {
                emitted.add(namespace().room(room).emit("said", sent++));
            }
            assertThat(client.comeBack().getBoolean("resumed")).isTrue();
        }
        TestServer.await(Future.all(emitted));
        awaitHeard(client, numbers(0, sent));
    }

    @Test
    void comeBack_findsIdRoomsAndAttributes() {
        Returning client = open("/");
        String id = client.id();
        client.client().answer("join", room);
        client.client().answer("name", "Ann");
        client.client().answer("my name", null);
        client.breakOff();
        JsonObject open = client.comeBack();
        assertThat(open.getString("id")).isEqualTo(id);
        assertThat(open.getBoolean("resumed")).isTrue();
        assertThat(client.client().answer("my name", null)).isEqualTo("Ann");
        assertThat(client.client().answer("rooms", null)).isEqualTo(new JsonArray().add(room));
        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(LIFE).contains("open " + id + " false", "open " + id + " true"));
        assertThat(LIFE).doesNotContain("close " + id + " Ann");
    }

    @Test
    void emit_toTheSocketItsUserAndAll_isThereAfterwards() {
        Returning client = open("/");
        client.breakOff();
        TestServer.await(namespace().socket(client.id()).emit("said", 1));
        TestServer.await(namespace().all().except("nobody").emit("said", 2));
        TestServer.await(namespace().all().except(client.id()).emit("said", 3));
        assertThat(client.comeBack().getBoolean("resumed")).isTrue();
        TestServer.await(namespace().socket(client.id()).emit("said", 4));
        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(client.heard("said")).contains(4));
        assertThat(client.heard("said").stream().filter(n -> !Objects.equals(n, 2)))
                .containsExactly(1, 4);
    }

    @Test
    void comeBack_honoursTimesOfMembershipAndExcludedSenders() {
        Returning client = open("/");
        Returning other = open("/");
        say("/", 0, 3);
        client.client().answer("join", room);
        other.client().answer("join", room);
        say("/", 3, 6);
        client.client().answer("others", new JsonObject().put("room", room).put("n", 100));
        client.client().answer("leave", room);
        say("/", 6, 9);
        client.breakOff();
        say("/", 9, 12);
        client.comeBack();
        client.client().answer("join", room);
        say("/", 12, 15);
        List<Object> mine = numbers(3, 6);
        mine.addAll(numbers(12, 15));
        awaitHeard(client, mine);
        List<Object> others = numbers(3, 6);
        others.add(100);
        others.addAll(numbers(6, 15));
        awaitHeard(other, others);
    }

    @Test
    void ask_thatIsAskedAgainAfterwards_runsOnceAndGetsTheFirstAnswer() {
        Returning client = open("/");
        String name = client.id();
        int id = client.client().ask("run", name);
        client.client().ack(id);
        client.breakOff();
        client.comeBack();
        JsonObject again = TestClient.message("run", name).put("id", id);
        client.client().send(again.encode());
        assertThat(client.client().ack(id).getValue("data")).isEqualTo(1);
        client.client().send(again.encode());
        assertThat(client.client().ack(id).getValue("data")).isEqualTo(1);
        assertThat(RUNS.get(name)).hasValue(1);
    }

    @Test
    void join_ofASocketThatGoesMeanwhile_isNotToldAsDoneUnlessItIs() {
        Returning client = open("/");
        for (int round = 0; round < 10; round++) {
            String name = room + " " + round;
            int id = client.client().ask("join and go", name);
            client.client().awaitClosed();
            assertThat(client.comeBack().getBoolean("resumed")).isTrue();
            client.client()
                    .send(TestClient.message("join and go", name).put("id", id).encode());
            JsonObject told = client.client().ack(id);
            if (!told.containsKey("error")) {
                assertThat((JsonArray) client.client().answer("rooms", null)).contains(name);
            }
        }
    }

    @Test
    void ask_thatIsStillAtWork_isAnsweredOnTheNewConnection() {
        Returning client = open("/");
        String name = client.id();
        int id = client.client().ask("hold", name);
        await().atMost(Inbox.DEADLINE).until(() -> RUNS.containsKey(name));
        client.breakOff();
        client.comeBack();
        client.client().send(TestClient.message("hold", name).put("id", id).encode());
        HELD.get(name).complete("done");
        assertThat(client.client().ack(id).getValue("data")).isEqualTo("done");
        assertThat(RUNS.get(name)).hasValue(1);
    }

    @Test
    void comeBack_withAWrongKeyOrAnUsedOne_isNobodysSocket() {
        Returning client = open("/");
        String id = client.id();
        String first = client.key();
        client.breakOff();
        assertThat(new Returning(clients, transport, "/").connect().id()).isNotEqualTo(id);
        assertThat(client.comeBack().getBoolean("resumed")).isTrue();
        String second = client.key();
        client.breakOff();
        assertThat(client.comeBack().getBoolean("resumed")).isTrue();
        assertThat(client.key()).isNotIn(first, second);
        client.breakOff();
        assertNotResumed(client.comeBack(first), "unknown");
    }

    @Test
    void comeBack_tooLate_isToldAndTheSocketIsClosedOnce() {
        Returning client = open("/short");
        String id = client.id();
        client.client().answer("name", "Bob");
        client.client().answer("my name", null);
        client.breakOff();
        await().atMost(Inbox.DEADLINE).untilAsserted(() -> assertThat(LIFE).contains("close " + id + " Bob"));
        assertNotResumed(client.comeBack(), "unknown");
        assertThat(client.id()).isNotEqualTo(id);
        assertThat(LIFE.stream().filter(("close " + id + " Bob")::equals)).hasSize(1);
    }

    @Test
    void comeBack_afterMoreThanIsKept_isToldThatThereIsAGap() {
        Returning client = open("/few");
        client.client().answer("join", room);
        say("/few", 0, 5);
        awaitHeard(client, numbers(0, 5));
        client.breakOff();
        say("/few", 5, 15);
        assertThat(client.comeBack().getBoolean("resumed")).isTrue();
        awaitHeard(client, numbers(0, 15));
        client.breakOff();
        say("/few", 15, 26);
        assertNotResumed(client.comeBack(), "incomplete");
    }

    @Test
    void emitAsAnswer_whileItIsKept_letsTheNextEventBegin_andKeepsTheOrder() {
        Returning client = open("/");
        client.client().answer("join", room);

        for (int n = 0; n < 200; n++) {
            client.client().emit("say", new JsonObject().put("room", room).put("n", n));
        }

        awaitHeard(client, numbers(0, 200));
        if (server.nodes() > 1) {
            assertThat(MOST_UNDER_WAY.get(room).get()).isGreaterThan(1);
        }
    }

    @Test
    void emitAsAnswer_thatIsStillKept_isAnsweredBeforeTheNextEvent() {
        Returning client = open("/");
        client.client().answer("join", room);
        List<Integer> asked = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            asked.add(client.client()
                    .ask("say", new JsonObject().put("room", room).put("n", n)));
            asked.add(client.client().ask("my name", null));
        }

        asked.forEach(id -> client.client().ack(id));

        assertThat(client.client().inbox().all().stream()
                        .map(JsonObject::new)
                        .filter(message -> message.containsKey("ack"))
                        .map(message -> message.getInteger("ack")))
                .endsWith(asked.toArray(Integer[]::new));
    }

    private static void assertNotResumed(JsonObject open, String reason) {
        assertThat(open.getBoolean("resumed")).isFalse();
        assertThat(open.getString("reason")).isEqualTo(reason);
    }

    @Test
    void goodBye_closesTheSocketAtOnce() {
        Returning client = open("/");
        String id = client.id();
        client.client().emit("close");
        client.client().awaitClosed();
        await().atMost(Inbox.DEADLINE).untilAsserted(() -> assertThat(LIFE).contains("close " + id + " null"));
    }
}
