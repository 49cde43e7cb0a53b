package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.it.SlowReader.Way;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client gets that did not read for a while: each policy, over each transport. */
class OverflowIT {
    private static final int COUNT = 200;
    private static final String PADDING = "x".repeat(20_000);
    private static final List<Integer> ALL =
            IntStream.rangeClosed(1, COUNT).boxed().toList();

    private static final Inbox<String> OPENED = new Inbox<>();

    private static TestServer server;
    private static Metrics metrics;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        JsonObject namespace = new JsonObject("""
                {"auth": "none", "overflows": {"oldest": {"policy": "drop-oldest"}, "newest": {"policy": "drop-newest"},
                                               "last": {"policy": "latest"}, "place": {"policy": "latest", "key": "/car"}}}""");
        server = TestServer.start(new JsonObject()
                .put(
                        "namespaces",
                        new JsonObject()
                                .put("/", namespace)
                                .put("/text", namespace.copy().put("dialect", "text"))
                                .put(
                                        "/calm",
                                        new JsonObject().put("auth", "none").put("overflow", "drop-newest")))
                .put("limits", new JsonObject().put("outbox", "256KiB").put("sendBuffer", "64KiB")));
        metrics = new Metrics(server.port());
        for (String name : List.of("/", "/text")) {
            server.handle(
                    name,
                    1,
                    io.vertx.core.ThreadingModel.WORKER,
                    on -> on.open(socket -> {
                        OPENED.add(socket.id());
                        return null;
                    }));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A client that reads nothing is sent a lot, then something that nobody may drop; tells how much gave way. */
    private static int stall(Way way, String id, String event, String policy) {
        String series = "switchboard_overflows_total{policy=\"" + policy + "\"}";
        double before = metrics.value(series);
        var socket = server.namespace(way == Way.TEXT ? "/text" : "/").socket(id);
        for (int n = 1; n <= COUNT; n++) {
            socket.emit(event, "n=" + n + ";" + PADDING);
        }
        socket.emit("end", "the end");
        TestServer.code(socket.rooms());
        return (int) (metrics.value(series) - before);
    }

    private static List<Integer> missing(List<Integer> numbers) {
        assertThat(numbers).isSorted().doesNotHaveDuplicates().contains(1);
        List<Integer> missing = new ArrayList<>(ALL);
        missing.removeAll(numbers);
        return missing;
    }

    @ParameterizedTest
    @EnumSource
    void close_stalledReader_isTold4008(Way way) {
        try (SlowReader reader = new SlowReader(server.port(), way)) {
            int closed = stall(way, OPENED.next(), "kept", "close");

            assertThat(reader.readUntil("Slow consumer", "the end")).doesNotContain("the end");
            assertThat(closed).isEqualTo(1);
            assertThat(reader.numbers())
                    .isEqualTo(ALL.subList(0, reader.numbers().size()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropOldest_stalledReader_getsTheYoungest(Way way) {
        try (SlowReader reader = new SlowReader(server.port(), way)) {
            int dropped = stall(way, OPENED.next(), "oldest", "drop-oldest");

            reader.readUntil("Slow consumer", "the end");
            List<Integer> missing = missing(reader.numbers());
            assertThat(missing).hasSize(dropped).isNotEmpty().doesNotContain(COUNT, COUNT - 5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropNewest_stalledReader_getsTheOldest(Way way) {
        try (SlowReader reader = new SlowReader(server.port(), way)) {
            int dropped = stall(way, OPENED.next(), "newest", "drop-newest");

            reader.readUntil("Slow consumer", "the end");
            List<Integer> missing = missing(reader.numbers());
            assertThat(missing).hasSize(dropped).contains(COUNT).doesNotContain(2, 5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void latest_stalledReader_getsTheLast(Way way) {
        try (SlowReader reader = new SlowReader(server.port(), way)) {
            int replaced = stall(way, OPENED.next(), "last", "latest");

            reader.readUntil("Slow consumer", "the end");
            List<Integer> missing = missing(reader.numbers());
            assertThat(missing).hasSize(replaced).contains(COUNT - 1).doesNotContain(COUNT);
        }
    }

    @Test
    void latest_byKey_getsTheLastOfEachKey() {
        try (SlowReader reader = new SlowReader(server.port(), Way.WS)) {
            var socket = server.namespace("/").socket(OPENED.next());
            for (int n = 1; n <= COUNT; n++) {
                socket.emit("place", new JsonObject().put("car", n % 5).put("at", "n=" + n + ";" + PADDING));
            }
            TestServer.await(socket.emit("end", "the end"));

            reader.readUntil("the end", "Slow consumer");
            assertThat(reader.numbers())
                    .hasSizeLessThan(COUNT)
                    .contains(COUNT, COUNT - 1, COUNT - 2, COUNT - 3, COUNT - 4);
        }
    }

    @Test
    void messageOfAnyPolicy_toAReaderThatReads_comes() {
        TestClient reader = clients.open();
        String id = OPENED.next();
        for (int n = 1; n <= COUNT; n++) {
            for (String event : List.of("kept", "oldest", "newest", "last")) {
                server.namespace("/").socket(id).emit(event, n);
                assertThat(reader.data(event)).isEqualTo(n);
            }
        }
    }

    @Test
    void policyOfTheNamespace_holdsForEventsThatAreNotNamed() {
        String series = "switchboard_overflows_total{policy=\"drop-newest\"}";
        double before = metrics.value(series);
        try (RawPeer stalled = RawPeer.small(server.port())) {
            assertThat(stalled.upgrade("/calm/ws", "")).isEqualTo(101);
            assertThat(stalled.nextText()).contains("open");
            for (int n = 1; n <= COUNT; n++) {
                server.namespace("/calm").all().emit("any", PADDING);
            }
            await().atMost(Inbox.DEADLINE).until(() -> metrics.value(series) > before);
            assertThat(TestServer.await(server.namespace("/calm").all().sockets()))
                    .hasSize(1);
        }
    }
}
