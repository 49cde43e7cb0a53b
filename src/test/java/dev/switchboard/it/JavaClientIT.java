package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.Events;
import dev.switchboard.client.BackOff;
import dev.switchboard.client.SwitchboardClient;
import dev.switchboard.client.SwitchboardClient.State;
import dev.switchboard.client.SwitchboardClientOptions;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The client for the JVM, against a real server and through a network that breaks. */
@Tag("cluster")
class JavaClientIT {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Map<String, AtomicInteger> RUNS = new ConcurrentHashMap<>();
    private static final Map<String, Promise<Object>> HELD = new ConcurrentHashMap<>();
    private static final Queue<String> CLOSED = new ConcurrentLinkedQueue<>();

    private static TestServer server;

    private final Vertx vertx = Vertx.vertx();

    @AutoClose
    private final Relay relay = new Relay(vertx, server);

    private final String room = "room " + UUID.randomUUID();
    private final Inbox<Payload> opens = new Inbox<>();
    private final Inbox<Payload> closes = new Inbox<>();
    private final Inbox<Payload> errors = new Inbox<>();
    private final Queue<Object> said = new ConcurrentLinkedQueue<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void start() {
        server = TestServer.start("""
                {"/": {"auth": "none", "resume": {}}, "/plain": {"auth": "none"}, "/members": {"resume": {}}}""");
        for (String namespace : List.of("/", "/plain", "/members")) {
            server.handle(namespace, 2, ThreadingModel.WORKER, JavaClientIT::events);
        }
    }

    private static void events(Events on) {
        on.close((socket, reason) -> CLOSED.add(socket.id()));
        on.event("join", (socket, data) -> socket.join(data.string()));
        on.event("say", (socket, data) -> socket.toRoom(data.string("room")).emit("said", data.number("n")));
        on.event("echo", (socket, data) -> data);
        on.event("who", (socket, data) -> socket.user().name());
        on.event("refuse", (socket, data) -> {
            throw new EventException("ROOM_FULL", "No seat is left", true).with(new JsonObject().put("seats", 0));
        });
        on.event("hold", (socket, data) -> {
            RUNS.computeIfAbsent(data.string(), key -> new AtomicInteger()).incrementAndGet();
            return HELD.computeIfAbsent(data.string(), key -> Promise.promise()).future();
        });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void end() {
        TestServer.await(vertx.close());
    }

    private SwitchboardClientOptions options() {
        return new SwitchboardClientOptions(relay.url())
                .backOff(new BackOff(Duration.ofMillis(50), Duration.ofMillis(200), 2, 0.5));
    }

    private SwitchboardClient create(SwitchboardClientOptions options) {
        return SwitchboardClient.create(vertx, options)
                .on("open", opens::add)
                .on("close", closes::add)
                .on("error", errors::add)
                .on("said", data -> {
                    said.add(data.value());
                    threads.add(Thread.currentThread());
                });
    }

    private SwitchboardClient open(SwitchboardClientOptions options) {
        SwitchboardClient client = create(options);
        TestServer.await(client.connect());
        assertThat(client.state()).isEqualTo(State.OPEN);
        return client;
    }

    private static Object answer(Future<Payload> asked) {
        return TestServer.await(asked).value();
    }

    private static EventException failure(Future<?> future) {
        return TestServer.await(future.map(done -> new EventException("NONE", "It did not fail"))
                .otherwise(EventException.class::cast));
    }

    private JsonObject nextOpen() {
        return opens.next().object();
    }

    private JsonObject nextClose() {
        return closes.next().object();
    }

    private void say(String namespace, int from, int to) {
        List<Future<Void>> emitted = new ArrayList<>();
        for (int n = from; n < to; n++) {
            emitted.add(server.namespace(namespace).room(room).emit("said", n));
        }
        TestServer.await(Future.all(emitted));
    }

    private void awaitSaid(int to) {
        List<Object> all = new ArrayList<>(IntStream.range(0, to).boxed().toList());
        await().atMost(Inbox.DEADLINE).untilAsserted(() -> assertThat(said).hasSizeGreaterThanOrEqualTo(to));
        assertThat(new ArrayList<>(said)).isEqualTo(all);
    }

    @Test
    void events_goBothWaysInOrderOnOneThread() {
        SwitchboardClient client = open(options());
        answer(client.ask("join", room));
        for (int n = 0; n < 50; n++) {
            TestServer.await(
                    client.emit("say", new JsonObject().put("room", room).put("n", n)));
        }

        awaitSaid(50);
        assertThat(threads).hasSize(1);
        JsonArray data = new JsonArray().add(1).add("zwölf").add(new JsonObject().putNull("x"));
        assertThat(answer(client.ask("echo", data))).isEqualTo(data);
        assertThat(answer(client.ask("echo", null))).isNull();
    }

    @Test
    void once_hearsOneEventAndOff_noMore() {
        Queue<Object> first = new ConcurrentLinkedQueue<>();
        SwitchboardClient client = open(options());
        client.once("said", data -> first.add(data.value()));
        answer(client.ask("join", room));
        say("/", 0, 3);
        awaitSaid(3);
        client.off("said").on("over", data -> first.add("over"));
        say("/", 3, 4);
        TestServer.await(server.namespace("/").room(room).emit("over", null));
        await().atMost(Inbox.DEADLINE).until(() -> first.contains("over"));

        assertThat(first).containsExactly(0, "over");
        assertThat(said).hasSize(3);
    }

    @Test
    void ask_thatFails_tellsTheServersCodeRetryAndData() {
        SwitchboardClient client = open(options());
        EventException refused = failure(client.ask("refuse", 1));
        EventException unknown = failure(client.ask("no such event", 1));
        EventException late = failure(client.ask("hold", room, Duration.ofMillis(100)));

        assertThat(refused.code()).isEqualTo("ROOM_FULL");
        assertThat(refused.retry()).isTrue();
        assertThat(refused.data().object()).isEqualTo(new JsonObject().put("seats", 0));
        assertThat(unknown.code()).isEqualTo("UNKNOWN_EVENT");
        assertThat(late.code()).isEqualTo("TIMEOUT");
        assertThat(late.retry()).isFalse();
        TestServer.await(client.emit("no such event", 1));
        assertThat(errors.next().string("code")).isEqualTo("UNKNOWN_EVENT");
    }

    @Test
    void questionsOfTheServer_areAnswered() {
        create(options())
                .answer("now", data -> data.number().intValue() + 1)
                .answer("later", data -> Future.succeededFuture(new JsonObject().put("is", data.string())))
                .answer("no", data -> {
                    throw new EventException("BUSY", "Ask again", true);
                })
                .answer("broken", data -> Future.failedFuture("a secret"))
                .connect();
        String id = nextOpen().getString("id");

        assertThat(answer(server.namespace("/").socket(id).ask("now", 1, LONG))).isEqualTo(2);
        assertThat(answer(server.namespace("/").socket(id).ask("later", "x", LONG)))
                .isEqualTo(new JsonObject().put("is", "x"));
        assertThat(answer(server.namespace("/").socket(id).ask("said", 0, LONG)))
                .isNull();
        EventException busy = failure(server.namespace("/").socket(id).ask("no", 1, LONG));
        assertThat(busy.code()).isEqualTo("BUSY");
        assertThat(busy).hasMessage("Ask again");
        EventException broken = failure(server.namespace("/").socket(id).ask("broken", 1, LONG));
        assertThat(broken.code()).isEqualTo("HANDLER_FAILED");
        assertThat(broken).hasMessageNotContaining("secret");
        assertThat(TestServer.code(server.namespace("/").socket(id).ask("what?", 1, LONG)))
                .isEqualTo("UNKNOWN_EVENT");
    }

    @Test
    void token_thatIsBad_endsIt() {
        SwitchboardClient client = create(options().namespace("/members").token("not a token"));
        client.emit("say", 1);
        Future<Payload> waits = client.ask("who", null);

        EventException refused = failure(client.connect());

        assertThat(refused.code()).isEqualTo("DISCONNECTED");
        JsonObject close = nextClose();
        assertThat(close.getInteger("code")).isEqualTo(CloseReason.INVALID_USER.code());
        assertThat(close.getBoolean("reconnect")).isFalse();
        assertThat(failure(waits).code()).isEqualTo("DISCONNECTED");
        assertThat(client.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void token_isReplacedBeforeItExpires() {
        Instant start = Instant.now();
        AtomicInteger asked = new AtomicInteger();
        SwitchboardClient client = open(options().namespace("/members").token(() -> {
            int nth = asked.incrementAndGet();
            return nth == 2
                    ? Future.failedFuture("not now")
                    : Future.succeededFuture(Tokens.until("ann", Instant.now().plusSeconds(nth == 1 ? 4 : 5 + nth)));
        }));

        assertThat(answer(client.ask("who", null))).isEqualTo("Name of ann");
        await().atMost(Inbox.DEADLINE).until(() -> Instant.now().isAfter(start.plusSeconds(6)));
        assertThat(answer(client.ask("who", null))).isEqualTo("Name of ann");
        assertThat(asked.get()).isGreaterThanOrEqualTo(3);
        assertThat(opens.all()).hasSize(1);
        assertThat(closes.all()).isEmpty();
    }

    @Test
    void token_thatIsNeverReplaced_endsItWhenItExpires() {
        SwitchboardClient client = open(options()
                .namespace("/members")
                .token(Tokens.until("bob", Instant.now().plusSeconds(2))));

        JsonObject close = nextClose();

        assertThat(close.getInteger("code")).isEqualTo(CloseReason.TOKEN_EXPIRED.code());
        assertThat(close.getBoolean("reconnect")).isFalse();
        await().atMost(Inbox.DEADLINE).until(() -> client.state() == State.CLOSED);
    }

    @Test
    void cutConnection_isResumedWithWhatWasMissedOnceAndInOrder() {
        SwitchboardClient client =
                open(options().namespace("/members").token(() -> Future.succeededFuture(Tokens.of("cem"))));
        JsonObject first = nextOpen();
        answer(client.ask("join", room));
        say("/members", 0, 20);
        awaitSaid(20);
        for (int round = 1; round < 4; round++) {
            int ends = closes.all().size();
            relay.cut();
            await().atMost(Inbox.DEADLINE).until(() -> closes.all().size() > ends);
            say("/members", round * 20, round * 20 + 10);
            relay.mend();
            JsonObject open = nextOpen();
            assertThat(open.getBoolean("resumed")).isTrue();
            assertThat(open.getString("id")).isEqualTo(first.getString("id"));
            say("/members", round * 20 + 10, round * 20 + 20);
            awaitSaid(round * 20 + 20);
        }
    }

    @Test
    void ask_thatWasUnderWay_isAskedAgainAndRunsOnce() {
        SwitchboardClient client = open(options());
        Future<Payload> asked = client.ask("hold", room);
        await().atMost(Inbox.DEADLINE).until(() -> RUNS.containsKey(room));
        nextOpen();
        relay.cut();
        nextClose();
        Future<Payload> waits = client.ask("echo", "asked while away");
        relay.mend();
        assertThat(nextOpen().getBoolean("resumed")).isTrue();
        HELD.get(room).complete("done");

        assertThat(answer(asked)).isEqualTo("done");
        assertThat(answer(waits)).isEqualTo("asked while away");
        assertThat(RUNS.get(room)).hasValue(1);
    }

    @Test
    void cutConnection_withoutResume_isAnotherSocketAndTellsWhatIsUnknown() {
        SwitchboardClient client = open(options().namespace("/plain"));
        String id = nextOpen().getString("id");
        Future<Payload> asked = client.ask("hold", room);
        await().atMost(Inbox.DEADLINE).until(() -> RUNS.containsKey(room));
        relay.cut();
        EventException unknown = failure(asked);
        Future<Payload> waits = client.ask("echo", "asked while away");
        relay.mend();

        assertThat(unknown.code()).isEqualTo("DISCONNECTED");
        assertThat(unknown.retry()).isFalse();
        assertThat(nextOpen().getString("id")).isNotEqualTo(id);
        assertThat(answer(waits)).isEqualTo("asked while away");
    }

    @Test
    void kick_forbidsToComeBack() {
        SwitchboardClient client = open(options());
        String id = nextOpen().getString("id");
        TestServer.await(server.namespace("/").socket(id).disconnect());

        JsonObject close = nextClose();

        assertThat(close)
                .isEqualTo(new JsonObject()
                        .put("code", CloseReason.KICKED.code())
                        .put("reason", CloseReason.KICKED.text())
                        .put("reconnect", false));
        assertThat(failure(client.emit("say", 1)).code()).isEqualTo("DISCONNECTED");
        assertThat(client.state()).isEqualTo(State.CLOSED);
        assertThat(relay.passed()).isEqualTo(1);
    }

    @Test
    void goingAway_isFollowedToWhereAndWhenTheServerSays() {
        open(options());
        String id = nextOpen().getString("id");
        try (Relay elsewhere = new Relay(vertx, server)) {
            CloseReason away = CloseReason.GOING_AWAY.after(300).at(elsewhere.url());
            long began = System.nanoTime();
            TestServer.await(server.namespace("/").socket(id).disconnect(away));

            JsonObject close = nextClose();
            JsonObject open = nextOpen();

            assertThat(close.getInteger("code")).isEqualTo(CloseReason.GOING_AWAY.code());
            assertThat(close.getLong("after")).isEqualTo(300);
            assertThat(open.getString("id")).isEqualTo(id);
            assertThat(open.getBoolean("resumed")).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(290));
            assertThat(elsewhere.passed()).isEqualTo(1);
            assertThat(relay.passed()).isEqualTo(1);
        }
    }

    @Test
    void silentServer_isTakenForLost() {
        SwitchboardClient client =
                open(options().pingInterval(Duration.ofMillis(300)).pongTimeout(Duration.ofMillis(500)));
        nextOpen();
        assertThat(answer(client.ask("join", room))).isNull();
        relay.freeze();
        say("/", 0, 5);

        assertThat(nextClose().getString("reason")).isEqualTo("The server does not answer");
        assertThat(nextOpen().getBoolean("resumed")).isTrue();
        awaitSaid(5);
    }

    @Test
    void quietServer_thatAnswersPings_staysConnected() {
        SwitchboardClient client =
                open(options().pingInterval(Duration.ofMillis(50)).pongTimeout(Duration.ofMillis(500)));
        Instant start = Instant.now();
        await().atMost(Inbox.DEADLINE).until(() -> Instant.now().isAfter(start.plusSeconds(2)));

        assertThat(client.state()).isEqualTo(State.OPEN);
        assertThat(closes.all()).isEmpty();
    }

    @Test
    void close_isAGoodByeToTheServer() {
        SwitchboardClient client = open(options());
        String id = nextOpen().getString("id");

        TestServer.await(client.close());

        assertThat(nextClose().getBoolean("reconnect")).isFalse();
        await().atMost(Inbox.DEADLINE).until(() -> CLOSED.contains(id));
        TestServer.await(client.close());
        assertThat(closes.all()).hasSize(1);
    }

    @Test
    void whatWaits_isBounded() {
        SwitchboardClient few = create(options().queue(2));
        few.emit("say", 1);
        few.emit("say", 2);
        EventException third = failure(few.emit("say", 3));
        SwitchboardClient small = create(options().message(1_000).pendingBytes(1_500));
        EventException large = failure(small.emit("say", "x".repeat(1_000)));
        Future<Payload> waits = small.ask("echo", "x".repeat(900));
        EventException second = failure(small.emit("say", "x".repeat(900)));

        assertThat(third.code()).isEqualTo("QUEUE_FULL");
        assertThat(third.retry()).isTrue();
        assertThat(large.code()).isEqualTo("TOO_BIG");
        assertThat(second.code()).isEqualTo("QUEUE_FULL");
        TestServer.await(small.connect());
        assertThat(answer(waits)).isEqualTo("x".repeat(900));
    }

    @Test
    void asks_areBounded() {
        SwitchboardClient client = open(options().asks(1));
        client.ask("hold", room);

        EventException second = failure(client.ask("echo", 1));

        assertThat(second.code()).isEqualTo("TOO_MANY_PENDING");
        assertThat(second.retry()).isTrue();
    }

    @Test
    void messageOfTheServer_thatIsTooBig_endsIt() {
        open(options().message(1_000));
        String id = nextOpen().getString("id");
        TestServer.await(server.namespace("/").socket(id).emit("said", "x".repeat(2_000)));

        JsonObject close = nextClose();

        assertThat(close.getInteger("code")).isEqualTo(CloseReason.TOO_BIG.code());
        assertThat(close.getBoolean("reconnect")).isFalse();
        assertThat(said).isEmpty();
    }

    @Test
    void tokenThatCannotBeHad_isAskedForAgain() {
        AtomicInteger asked = new AtomicInteger();
        open(options()
                .namespace("/members")
                .token(() -> asked.incrementAndGet() < 3
                        ? Future.failedFuture("the desk is shut")
                        : Future.succeededFuture(Tokens.of("dora"))));

        assertThat(errors.next().string("code")).isEqualTo("NOT_CONNECTED");
        assertThat(asked).hasValue(3);
    }
}
