package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is slow on purpose is cut off on every route, and who only waits is not. */
@Timeout(60)
class SlowLorisIT {
    private static final int HEADER = 600;
    private static final int BODY = 700;
    private static final int ANSWER = 1_000;
    private static final int KEEP_ALIVE = 1_500;

    /** Longer than any limit above. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private static final int LARGE = 16 << 20;

    private static final List<String> ROUTES = List.of(
            "GET /",
            "GET /large.bin",
            "GET /nothing",
            "POST /token",
            "DELETE /token",
            "GET /health/live",
            "GET /health/ready",
            "GET /session/x",
            "GET /shop/greeting",
            "POST /shop/token",
            "GET /lib/sockjs.min.js",
            "GET /sockjs",
            "GET /sockjs/info",
            "OPTIONS /sockjs/info",
            "GET /sockjs/iframe.html",
            "POST /sockjs/0/SESSION/xhr",
            "POST /sockjs/0/SESSION/xhr_streaming",
            "POST /sockjs/0/SESSION/xhr_send",
            "POST /sockjs/0/SESSION/jsonp_send",
            "GET /sockjs/0/SESSION/eventsource",
            "GET /sockjs/0/SESSION/htmlfile?c=x",
            "GET /sockjs/0/SESSION/jsonp?c=x",
            "GET /sockjs/0/SESSION/websocket",
            "GET /sockjs/websocket",
            "GET /ws",
            "GET /socket.io/");

    private static final Inbox<Closed> LEFT = new Inbox<>();

    @TempDir
    private static Path webroot;

    private static TestServer server;
    private static int sessions;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(webroot.resolve("index.html"), "<!doctype html><title>Hello</title>");
        Files.write(webroot.resolve("large.bin"), new byte[LARGE]);
        JsonObject http = new JsonObject()
                .put("webroot", webroot.toString())
                .put("routes", new JsonArray().add(ShopRoutes.class.getName()))
                .put("headerTimeout", HEADER + "ms")
                .put("bodyTimeout", BODY + "ms")
                .put("answerTimeout", ANSWER + "ms")
                .put("keepAlive", KEEP_ALIVE + "ms");
        server = TestServer.start(new JsonObject()
                .put("http", http)
                .put("namespaces", new JsonObject().put("/", new JsonObject().put("auth", "none"))));
        server.handle(
                "/",
                1,
                ThreadingModel.WORKER,
                on -> on.event("echo", (socket, data) -> Future.succeededFuture(data.value()))
                        .action("large", (socket, data) -> socket.emit("large", "x".repeat(6 << 20)))
                        .close((socket, reason) -> {
                            LEFT.add(new Closed(reason.code(), reason.text()));
                            return Future.succeededFuture();
                        }));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A request line and headers; an upgrade where there is one. */
    private static String head(String route) {
        String path = route.replace("SESSION", "slow" + ++sessions + "-session");
        boolean upgrade = path.endsWith("websocket") || path.endsWith("/ws");
        List<String> lines = new ArrayList<>(List.of(path + " HTTP/1.1", "Host: 127.0.0.1"));
        if (upgrade) {
            lines.add("Connection: Upgrade");
            lines.add("Upgrade: websocket");
            lines.add("Sec-WebSocket-Version: 13");
            lines.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    private static void bytes(RawPeer peer, String text) {
        peer.send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends byte after byte until the server has ended the connection, without reading; how long that took. */
    private static long drip(RawPeer peer) {
        long start = System.nanoTime();
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(40)).until(() -> hasEnded(peer));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static boolean hasEnded(RawPeer peer) {
        try {
            bytes(peer, "a");
            return false;
        } catch (UncheckedIOException ended) {
            return true;
        }
    }

    /** The same on all routes at once, after what {@code begun} makes of each. */
    private static void assertCutOff(long earliest, String before, UnaryOperator<String> begun) {
        Map<String, RawPeer> open = new LinkedHashMap<>();
        try {
            ROUTES.forEach(route -> {
                RawPeer peer = RawPeer.connect(server.port());
                open.put(route, peer);
                if (!before.isEmpty()) {
                    assertThat(peer.request(before)).isEqualTo(200);
                }
                bytes(peer, begun.apply(route));
            });
            long start = System.nanoTime();
            Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(40)).untilAsserted(() -> {
                boolean ended = open.values().removeIf(peer -> hasEnded(peer));
                if (ended) {
                    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                            .as("too early")
                            .isGreaterThan(earliest);
                }
                assertThat(open.keySet()).as("are still open").isEmpty();
            });
        } finally {
            open.values().forEach(RawPeer::close);
        }
    }

    // ---- on every route

    @Test
    void requestLine_byteByByte_isCutOff() {
        assertCutOff(HEADER / 2, "", route -> route.substring(0, route.length() / 2));
    }

    @Test
    void headers_byteByByte_areCutOff() {
        assertCutOff(HEADER / 2, "", route -> head(route) + "X: ");
    }

    @Test
    void secondHead_byteByByte_isCutOff() {
        assertCutOff(HEADER / 2, "GET /sockjs/info HTTP/1.1\r\nHost: x\r\n\r\n", route -> head(route) + "X: ");
    }

    @Test
    void body_byteByByte_isCutOff() {
        assertCutOff(BODY / 2, "", route -> head(route) + "Content-Length: 100000\r\n\r\n");
    }

    @Test
    void chunkedBody_thatNeverEnds_isCutOff() {
        assertCutOff(BODY / 2, "", route -> head(route) + "Transfer-Encoding: chunked\r\n\r\nfffff\r\n");
    }

    // ---- on a connection

    @Test
    void connection_onWhichNothingIsSaid_isCutOff() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.patience(LONG);
            assertThat(peer.awaitEnd()).isZero();
        }
    }

    @Test
    void connection_thatIsKept_isCutOffAfterAWhile() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.patience(LONG);
            for (int i = 0; i < 3; i++) {
                assertThat(peer.request("OPTIONS /sockjs/info HTTP/1.1\r\nHost: x\r\n\r\n"))
                        .isEqualTo(204);
            }
            long start = System.nanoTime();
            assertThat(peer.awaitEnd()).isZero();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThan(KEEP_ALIVE - 500);
        }
    }

    @Test
    void slowBody_isToldSo() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            assertThat(peer.request("POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"))
                    .isEqualTo(408);
        }
    }

    @Test
    void body_thatIsLargeAndSteady_hasMoreTime() {
        String session = "/sockjs/0/steady" + ++sessions + "-session";
        try (RawPeer peer = RawPeer.connect(server.port())) {
            assertThat(peer.request("POST " + session + "/xhr HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"))
                    .isEqualTo(200);
        }
        try (RawPeer peer = RawPeer.connect(server.port())) {
            int pieces = 16;
            String piece = " ".repeat(64 * 1024);
            bytes(
                    peer,
                    "POST " + session + "/xhr_send HTTP/1.1\r\nHost: x\r\nContent-Length: "
                            + (pieces * piece.length() + 2) + "\r\n\r\n");
            long start = System.nanoTime();
            for (int i = 0; i < pieces; i++) {
                bytes(peer, piece);
                Awaitility.await().pollDelay(Duration.ofMillis(BODY / 4)).until(() -> true);
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThan(2L * BODY);
            peer.patience(LONG);
            assertThat(peer.request("[]")).isEqualTo(204);
        }
    }

    @Test
    void answer_thatNobodyReads_isCutOff() {
        try (RawPeer peer = RawPeer.small(server.port())) {
            peer.patience(LONG);
            bytes(peer, "GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(drip(peer)).isGreaterThan(ANSWER / 2);
        }
    }

    @Test
    void answer_thatIsReadSteadily_comesAsAWhole() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            peer.patience(LONG);
            assertThat(peer.request("GET /large.bin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .isEqualTo(200);
            assertThat(peer.awaitEnd()).isEqualTo(LARGE);
        }
    }

    @Test
    void stream_thatNobodyReads_isCutOff() {
        String session = "/sockjs/0/stalled" + ++sessions + "-session";
        try (RawPeer peer = RawPeer.small(server.port())) {
            bytes(peer, "POST " + session + "/xhr_streaming HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            String body =
                    new JsonArray().add(TestClient.message("large", 0).encode()).encode();
            Awaitility.await().atMost(LONG).until(() -> {
                try (RawPeer sender = RawPeer.connect(server.port())) {
                    return sender.request("POST " + session + "/xhr_send HTTP/1.1\r\nHost: x\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            == 204;
                }
            });
            assertThat(drip(peer)).isGreaterThan(ANSWER / 2);
        }
        Closed closed = LEFT.next("who left", how -> how.code() != 1000);
        assertThat(closed.code()).isEqualTo(1006);
    }

    @Test
    void head_thatIsTooLarge_isRefused() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            assertThat(peer.request("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .isEqualTo(414);
        }
        try (RawPeer peer = RawPeer.connect(server.port())) {
            assertThat(peer.request("GET / HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(3_000) + "\r\n"))
                    .isEqualTo(431);
        }
    }

    // ---- who only waits

    @ParameterizedTest
    @EnumSource(
            names = {
                "JDK_WEBSOCKET",
                "SOCKJS_WEBSOCKET",
                "SOCKJS_XHR_STREAMING",
                "SOCKJS_EVENTSOURCE",
                "SOCKJS_XHR_POLLING"
            })
    void clientThatOnlyWaits_outlivesAllLimits(Transport transport) {
        try (Clients clients = new Clients(server, transport)) {
            TestClient client = clients.open();
            Awaitility.await()
                    .pollDelay(Duration.ofMillis(2L * KEEP_ALIVE + HEADER))
                    .atMost(LONG.multipliedBy(2))
                    .until(() -> true);
            assertThat(client.isClosed()).isFalse();
            assertThat(client.answer("echo", 1)).isEqualTo(1);
        }
    }

    @Test
    void manySlowConnections_keepNobodyFromChatting() {
        List<RawPeer> slow = new ArrayList<>();
        try (Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            for (int i = 0; i < 200; i++) {
                RawPeer peer = RawPeer.connect(server.port());
                slow.add(peer);
                // More than the bytes below come to: a body that is complete makes of some requests a stream, which may
                // stay.
                String slowly = head(ROUTES.get(i % ROUTES.size())) + "Content-Length: 10000\r\n\r\n";
                bytes(peer, slowly.substring(0, Math.min(i + 1, slowly.length())));
            }
            TestClient client = clients.open();
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                slow.removeIf(SlowLorisIT::hasEnded);
                assertThat(client.answer("echo", i)).isEqualTo(i);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            Awaitility.await().atMost(LONG).untilAsserted(() -> {
                slow.removeIf(SlowLorisIT::hasEnded);
                assertThat(slow).isEmpty();
            });
            assertThat(client.answer("echo", "still")).isEqualTo("still");
        } finally {
            slow.forEach(RawPeer::close);
        }
    }
}
