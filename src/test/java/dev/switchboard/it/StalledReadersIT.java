package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.launch.Program;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many readers that stop reading, beside many that do not, in a server whose memory is measured. */
class StalledReadersIT {
    private static final int MIB = 1 << 20;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String CLOSED = "switchboard_closed_sockets_total{code=\"4008\"}";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final WebSocketClient outside =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(10_000));
    private final List<RawPeer> stalled = new ArrayList<>();

    /** Readers that read and were ended all the same. */
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void hangUp() {
        stalled.forEach(RawPeer::close);
        TestServer.await(vertx.close());
    }

    /**
     * @param messages of each publisher
     * @param bytes of each message
     */
    private record Size(int stalled, int healthy, int publishers, int messages, int bytes) {
        int all() {
            return publishers * messages;
        }
    }

    private record Memory(long heap, long direct) {}

    @Test
    void stalledReaders_ofASmallServer_endAndTheOthersMissNothing() throws IOException {
        JsonObject limits = new JsonObject()
                .put("outbox", "128KiB")
                .put("outboundTotal", "4MiB")
                .put("sendBuffer", "64KiB");
        Size size = new Size(60, 20, 5, 60, 20_000);

        double closed = run("128m", limits, size, 4 * MIB, 12 * MIB);

        assertThat(closed).isEqualTo(size.stalled());
    }

    /**
     * With the bounds as they are: a quarter of the heap for all, so that some of them may still wait at the end. The others
     * have to wait, too, for a client that shares its processor with the server, and none of them pays for those.
     */
    @Tag("long")
    @Test
    void thousandStalledReaders_moveTheHeapByNoMoreThanTheBound() throws IOException {
        Size size = new Size(1_000, 100, 100, 12, 8_000);

        double closed = run("512m", new JsonObject().put("sendBuffer", "64KiB"), size, 128 * MIB, 128 * MIB);

        int mostThatStay = 128 * MIB / size.bytes() / 100;
        assertThat(closed).isGreaterThanOrEqualTo(size.stalled() - mostThatStay);
    }

    /** @return how many sockets were closed with 4008 */
    private double run(String heap, JsonObject limits, Size size, long total, long direct) throws IOException {
        JsonObject configuration = new JsonObject()
                .put("http", new JsonObject().put("port", 0).put("instances", 2))
                .put("limits", limits)
                .put(
                        "namespaces",
                        new JsonObject()
                                .put("/pub", new JsonObject().put("auth", "none"))
                                .put("/sub", new JsonObject().put("auth", "none")));
        try (Program server = StallServer.start(folder, heap, configuration)) {
            int port = Integer.parseInt(server.awaitOut("port (\\d+)", 1).get(0).group(1));
            return run(port, size, total, direct);
        }
    }

    private double run(int port, Size size, long total, long direct) {
        Metrics metrics = new Metrics(port);
        AtomicInteger heard = new AtomicInteger();
        List<Publisher> publishers = new ArrayList<>();
        for (int n = 0; n < size.healthy(); n++) {
            listen(port, text -> {
                if (text.contains("\"said\"")) {
                    heard.incrementAndGet();
                    publishers.get(Publisher.number(text)).heard();
                }
            });
        }
        Publisher observer = new Publisher(port, size, 0);
        Memory before = observer.memory();
        for (int n = 0; n < size.stalled(); n++) {
            RawPeer peer = RawPeer.small(port);
            stalled.add(peer);
            assertThat(peer.upgrade("/sub/ws", "")).isEqualTo(101);
        }

        for (int n = 0; n < size.publishers(); n++) {
            publishers.add(new Publisher(port, size, n));
        }
        publishers.forEach(Publisher::next);
        long highest = 0;
        double waiting = 0;
        long mostDirect = 0;
        while (publishers.stream().anyMatch(publisher -> !publisher.isOver())) {
            assertThat(ended).as("readers that read and were ended").hasValue(0);
            waiting = Math.max(waiting, metrics.value("switchboard_outbound_bytes"));
            Memory now = observer.memory();
            highest = Math.max(highest, now.heap());
            mostDirect = Math.max(mostDirect, now.direct());
        }
        await().atMost(LIMIT)
                .failFast("a reader that reads was ended", () -> ended.get() > 0)
                .until(() -> heard.get() == size.all() * size.healthy());
        assertThat(waiting).isLessThanOrEqualTo((double) total);
        assertThat(highest - before.heap()).isLessThan(total + total / 2 + 8 * MIB);
        assertThat(mostDirect).isLessThan(direct);
        double closed = metrics.value(CLOSED);
        System.out.printf(
                "heap %,d, then at most %,d; direct at most %,d; waited at most %,.0f; closed %.0f%n",
                before.heap(), highest, mostDirect, waiting, closed);

        stalled.forEach(RawPeer::close);
        await().atMost(LIMIT)
                .until(() -> metrics.value("switchboard_sockets{namespace=\"/sub\",transport=\"websocket\"}")
                                == size.healthy()
                        && metrics.value("switchboard_outbound_bytes") == 0);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(observer.memory().heap()).isLessThan(before.heap() + 8 * MIB));
        return closed;
    }

    private WebSocket listen(int port, Handler<String> heard) {
        return TestServer.await(outside.connect(port, "127.0.0.1", "/sub/ws")
                .onSuccess(socket -> socket.textMessageHandler(heard).closeHandler(v -> ended.incrementAndGet())));
    }

    /** Says its next message when all who read have heard the one before. */
    private final class Publisher {
        private static final String NUMBER = "%04d";
        private static final String DATA = "\"data\":\"";

        private final String data;
        private final Size size;
        private final AtomicInteger hearers = new AtomicInteger();
        private final WebSocket socket;
        private final Inbox<JsonObject> answers = new Inbox<>();
        private final AtomicInteger said = new AtomicInteger();
        private volatile boolean over;

        Publisher(int port, Size all, int number) {
            size = all;
            data = NUMBER.formatted(number) + "x".repeat(size.bytes());
            socket = TestServer.await(outside.connect(port, "127.0.0.1", "/pub/ws")
                    .onSuccess(open -> open.textMessageHandler(this::heard)));
        }

        private void heard(String text) {
            JsonObject message = new JsonObject(text);
            if (message.containsKey("ack") && message.getValue("data") instanceof JsonObject answer) {
                answers.add(answer);
            } else if (message.containsKey("ack")) {
                assertThat(message.containsKey("error")).as(text).isFalse();
            }
        }

        /** Whose message it is. */
        static int number(String text) {
            int at = text.indexOf(DATA) + DATA.length();
            return Integer.parseInt(text.substring(at, at + 4));
        }

        /** One of those who read has its message. */
        void heard() {
            if (hearers.incrementAndGet() % size.healthy() == 0) {
                next();
            }
        }

        void next() {
            if (said.incrementAndGet() > size.messages()) {
                over = true;
            } else {
                send("say", data, said.get());
            }
        }

        private Future<Void> send(String event, Object value, int id) {
            return socket.writeTextMessage(new JsonObject()
                    .put("event", event)
                    .put("data", value)
                    .put("id", id)
                    .encode());
        }

        boolean isOver() {
            return over;
        }

        Memory memory() {
            TestServer.await(send("memory", "", said.incrementAndGet()));
            JsonObject answer = answers.next();
            return new Memory(answer.getLong("heap"), answer.getLong("direct"));
        }
    }
}
