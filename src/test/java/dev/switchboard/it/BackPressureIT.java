package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.bus.EmitFlag;
import dev.switchboard.bus.Member;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers that do not read, and writers that do not stop. */
class BackPressureIT {
    private static final int MIB = 1 << 20;
    private static final String BLOCK = "x".repeat(10_000);

    /** How sockets ended: id, then code. */
    private static final Inbox<String> ENDED = new Inbox<>();

    private static final Inbox<Integer> HANDLED = new Inbox<>();
    private static final AtomicReference<Promise<Void>> GATE = new AtomicReference<>();

    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        server = TestServer.open();
        server.handle(on -> on.event("gated", (socket, data) -> {
                    HANDLED.add(data.number("n").intValue());
                    return GATE.get().future().map(data.number("n"));
                })
                .event("echo", (socket, data) -> data)
                .close((socket, reason) -> {
                    ENDED.add(socket.id() + " " + reason.code());
                    return null;
                }));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ws",
                "/sockjs/websocket",
                "/sockjs/000/stalledws/websocket",
                "/sockjs/000/stalledxhr/xhr_streaming"
            })
    void reader_thatStalls_isClosedWhileOthersGoOn(String path) {
        TestClient other = clients.connect("");
        String own = other.next("open").getJsonObject("data").getString("id");
        try (RawPeer stalled = RawPeer.small(server.port())) {
            if (path.endsWith("streaming")) {
                stalled.request(
                        "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            } else {
                assertThat(stalled.upgrade(path, "")).isEqualTo(101);
            }
            String id = await().atMost(Inbox.DEADLINE).until(() -> stranger(own), found -> !found.isEmpty());
            long sent = 0;
            String block = "x".repeat(100_000);
            while (!ENDED.all().contains(id + " 4008") && sent < 64L * MIB) {
                server.namespace("/").all().emit("flood", block);
                sent += block.length();
                other.next("flood");
            }

            ENDED.next("the end of the slow consumer", end -> end.equals(id + " 4008"));
            assertThat(stalled.awaitEnd()).isLessThan(32L * MIB);
            assertThat(other.answer("echo", "alive")).isEqualTo("alive");
        }
    }

    @Test
    void volatileEvents_toAReaderThatStalls_areDroppedAndItStays() {
        TestClient other = clients.connect("");
        String own = other.next("open").getJsonObject("data").getString("id");
        try (RawPeer stalled = RawPeer.small(server.port())) {
            assertThat(stalled.upgrade("/ws", "")).isEqualTo(101);
            String id = await().atMost(Inbox.DEADLINE).until(() -> stranger(own), found -> !found.isEmpty());
            int blocks = 640;
            for (int n = 0; n < blocks; n++) {
                server.namespace("/").socket(id).with(EmitFlag.VOLATILE).emit("flood", "x".repeat(100_000));
            }
            TestServer.await(server.namespace("/").socket(id).emit("over", 1));

            int came = 0;
            for (String text = stalled.nextText(); !text.contains("\"over\""); text = stalled.nextText()) {
                came += text.contains("\"flood\"") ? 1 : 0;
            }
            assertThat(came).isBetween(1, blocks / 2);
            TestServer.await(
                    server.namespace("/").socket(id).with(EmitFlag.VOLATILE).emit("again", 2));
            assertThat(stalled.nextText()).contains("\"again\"");
        }
    }

    /** The only other socket that is there, if it is. */
    private static String stranger(String own) {
        List<Member> all = TestServer.await(server.namespace("/").all().sockets());
        return all.stream()
                .map(Member::socket)
                .filter(id -> all.size() == 2 && !id.equals(own))
                .findAny()
                .orElse("");
    }

    @Test
    void writer_thatIsTooFast_isPushedBackAndNothingIsLost() throws InterruptedException {
        Promise<Void> gate = Promise.promise();
        GATE.set(gate);
        int before = HANDLED.all().size();
        AtomicLong written = new AtomicLong();
        try (RawPeer peer = RawPeer.open(server.port(), "/ws")) {
            peer.nextText();
            Thread writer = new Thread(() -> {
                for (int n = 1; n <= 5000; n++) {
                    peer.text("{\"event\":\"gated\",\"data\":{\"n\":" + n + ",\"block\":\"" + BLOCK + "\"}"
                            + (n == 5000 ? ",\"id\":1}" : "}"));
                    written.addAndGet(BLOCK.length());
                }
            });
            writer.start();
            assertThat(settled(written)).isLessThan(25L * MIB);
            gate.complete();
            writer.join(Inbox.DEADLINE.toMillis());

            assertThat(written.get()).isEqualTo(5000L * BLOCK.length());
            assertThat(peer.nextText()).isEqualTo("{\"ack\":1,\"data\":5000}");
            assertThat(HANDLED.all().subList(before, HANDLED.all().size()))
                    .isEqualTo(IntStream.rangeClosed(1, 5000).boxed().toList());
        }
    }

    /** What has been read of a client that is not read just now is not lost when it goes. */
    @Test
    void writer_thatHasGone_isHeardToTheEnd() {
        Promise<Void> gate = Promise.promise();
        Inbox<Integer> handled = new Inbox<>();
        JsonObject open = new JsonObject().put("/", new JsonObject().put("auth", "none"));
        JsonObject few = new JsonObject().put("queueMessages", 10);
        try (TestServer small = TestServer.start(
                        new JsonObject().put("namespaces", open).put("limits", few));
                Clients others = new Clients(small, Transport.JDK_WEBSOCKET)) {
            small.handle(on -> on.event("gated", (socket, data) -> {
                        handled.add(data.number().intValue());
                        return gate.future();
                    })
                    .event("echo", (socket, data) -> data)
                    .close((socket, reason) -> {
                        handled.add(-reason.code());
                        return null;
                    }));
            TestClient other = others.connect("");
            try (RawPeer peer = RawPeer.open(small.port(), "/ws")) {
                peer.nextText();
                IntStream.rangeClosed(1, 500).forEach(n -> peer.text("{\"event\":\"gated\",\"data\":" + n + "}"));
            }
            for (int n = 0; n < 10; n++) {
                assertThat(other.answer("echo", n)).isEqualTo(n);
            }
            gate.complete();

            handled.next("the end", n -> n < 0);
            assertThat(handled.all())
                    .isEqualTo(IntStream.concat(IntStream.rangeClosed(1, 500), IntStream.of(-1006))
                            .boxed()
                            .toList());
        }
    }

    /** The value that does not change for a while. */
    private static long settled(AtomicLong value) {
        long[] last = {-1};
        await().atMost(Inbox.DEADLINE).pollInterval(Duration.ofMillis(400)).until(() -> {
            boolean same = value.get() == last[0];
            last[0] = value.get();
            return same && last[0] > 0;
        });
        return last[0];
    }

    @Test
    void emit_toAClientThatIsEnding_harmsNobody() {
        List<String> ended = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            TestClient client = clients.connect("");
            String id = client.next("open").getJsonObject("data").getString("id");
            server.namespace("/").socket(id).emit("one", 1);
            server.namespace("/").socket(id).disconnect(CloseReason.KICKED);
            server.namespace("/").socket(id).emit("other", 2);
            client.assertEnds(CloseReason.KICKED);
            assertThat(client.heard("other")).isEmpty();
            ended.add(id + " 4003");
        }

        ended.forEach(end -> ENDED.next("the end " + end, end::equals));
    }
}
