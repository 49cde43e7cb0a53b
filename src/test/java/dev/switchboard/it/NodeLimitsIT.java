package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.ConnectionMiddleware;
import dev.switchboard.Next;
import dev.switchboard.Socket;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node takes from all clients together, and what of it comes back however they end. */
class NodeLimitsIT {
    private static final byte[] NOTHING = {};
    private static final String OPEN = "\"namespaces\": {\"/\": {\"auth\": \"none\"}}";

    private static TestServer limited(String limits) {
        return TestServer.start(new JsonObject(
                "{" + OPEN + ", \"http\": {\"trustedProxies\": [\"127.0.0.1\"]}," + " \"limits\": " + limits + "}"));
    }

    private static RawPeer from(TestServer server, String address) {
        RawPeer peer = RawPeer.connect(server.port());
        assertThat(peer.upgrade("/ws", "X-Forwarded-For: " + address + "\r\n")).isEqualTo(101);
        return peer;
    }

    private static void awaitMeter(TestServer server, String series, double value) {
        Metrics metrics = new Metrics(server.port());
        await().atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(metrics.value(series)).isEqualTo(value));
    }

    private static void assertIn(RawPeer peer) {
        assertThat(new JsonObject(peer.nextText()).getString("event")).isEqualTo("open");
    }

    private static void assertRefused(RawPeer peer, CloseReason reason) {
        JsonObject told = new JsonObject(peer.nextText());
        assertThat(told.getString("event")).isEqualTo("close");
        assertThat(told.getJsonObject("data").getInteger("code")).isEqualTo(reason.code());
        assertThat(peer.awaitClose()).isEqualTo(new Closed(reason.code(), reason.text()));
    }

    @Test
    void address_isTheClientsBehindATrustedProxy_andABlockInIpv6() {
        try (TestServer server = limited("{\"connectionsPerAddress\": 1}");
                RawPeer first = from(server, "2001:db8::1")) {
            assertIn(first);
            try (RawPeer neighbour = from(server, "2001:db8::2");
                    RawPeer other = from(server, "2001:db8:0:1::1");
                    RawPeer old = from(server, "10.0.0.1")) {
                assertRefused(neighbour, CloseReason.RATE_LIMITED);
                assertIn(other);
                assertIn(old);
            }
        }
    }

    @Test
    void connections_fasterThanTheirRate_areToldToComeLater() {
        try (TestServer server = limited("{\"connectionRate\": \"1/h burst 2\"}");
                RawPeer first = from(server, "10.0.0.1");
                RawPeer second = from(server, "10.0.0.2")) {
            assertIn(first);
            assertIn(second);
            // Another event loop may serve it, and be ahead of theirs.
            try (RawPeer third = from(server, "10.0.0.3")) {
                assertRefused(third, CloseReason.TRY_AGAIN_LATER);
                awaitMeter(server, "switchboard_refused_connections_total{by=\"rate\"}", 1);
                awaitMeter(server, "switchboard_connections", 2);
            }
        }
    }

    /** Refused, kicked, refused by its token, closed by itself, broken off: each place comes back once. */
    @Test
    void places_comeBack_howeverAConnectionEnds() {
        try (TestServer server = limited("{\"connections\": 4, \"handshake\": \"500ms\", \"badFrames\": 1}")) {
            server.handle(on -> on.action("leave", (socket, data) -> socket.disconnect(CloseReason.KICKED)));
            for (int round = 0; round < 20; round++) {
                List<RawPeer> peers = new ArrayList<>();
                for (int n = 0; n < 4; n++) {
                    peers.add(RawPeer.open(server.port(), n == 1 ? "/ws?token=bad" : "/ws"));
                }
                peers.get(0).text("{\"event\":\"leave\"}");
                assertThat(peers.get(0).awaitClose().code()).isEqualTo(CloseReason.KICKED.code());
                assertThat(peers.get(1).awaitClose().code()).isEqualTo(CloseReason.INVALID_USER.code());
                peers.get(2).text("rubbish");
                peers.get(2).text("rubbish");
                assertThat(peers.get(2).awaitClose().code()).isEqualTo(CloseReason.BAD_FRAMES.code());
                peers.get(3).frame(RawPeer.CLOSE, NOTHING);
                peers.forEach(RawPeer::close);
                awaitMeter(server, "switchboard_connections", 0);
            }
        }
    }

    @Test
    void tcpConnections_tooMany_areClosedAtOnce_andComeBackAfterAnUpgradeToo() {
        try (TestServer server = limited("{\"tcpConnections\": 3}")) {
            for (int round = 0; round < 5; round++) {
                try (RawPeer idle = RawPeer.connect(server.port());
                        RawPeer socket = RawPeer.open(server.port(), "/ws")) {
                    assertIn(socket);
                    // The client that reads the meters keeps a connection of its own.
                    awaitMeter(server, "switchboard_tcp_connections", 3);
                    try (RawPeer late = RawPeer.connect(server.port())) {
                        assertThat(late.awaitEnd()).isZero();
                    }
                    assertThat(idle.request("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"))
                            .isEqualTo(200);
                }
                awaitMeter(server, "switchboard_tcp_connections", 1);
            }
            awaitMeter(server, "switchboard_refused_connections_total{by=\"tcp\"}", 5);
        }
    }

    @Test
    void room_whoseNameIsTooLong_isRefused() {
        try (TestServer server = TestServer.open();
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET)) {
            String socket = clients.open().id();

            assertThat(TestServer.code(server.namespace("/").socket(socket).join("r".repeat(1024))))
                    .isEqualTo("no failure");
            assertThat(TestServer.code(server.namespace("/").socket(socket).join("r".repeat(1025))))
                    .isEqualTo("INVALID_DATA");
        }
    }

    /** Lets nobody in, and does not say so until it is woken. */
    public static final class Sleepy implements ConnectionMiddleware {
        private static final Queue<Promise<Object>> SLEEPING = new ConcurrentLinkedQueue<>();

        @Override
        public Object handle(Socket socket, Next<CloseReason> next) {
            Promise<Object> sleep = Promise.promise();
            SLEEPING.add(sleep);
            return sleep.future();
        }
    }

    @ParameterizedTest
    @CsvSource({"early, 2", "earlyBytes, 20"})
    void messagesBeforeOpen_moreThanMayCome_endTheConnection(String limit, int most) {
        JsonObject namespace = new JsonObject()
                .put("auth", "none")
                .put("connectionMiddleware", new JsonArray().add(Sleepy.class.getName()));
        try (TestServer server = TestServer.start(new JsonObject()
                        .put("namespaces", new JsonObject().put("/", namespace))
                        .put("limits", new JsonObject().put(limit, most)));
                RawPeer peer = RawPeer.open(server.port(), "/ws")) {
            Promise<Object> sleep = await().atMost(Inbox.DEADLINE).until(Sleepy.SLEEPING::poll, Objects::nonNull);
            String hello = "{\"event\":\"hello\",\"data\":\"12345678\"}";
            peer.send(RawPeer.frames(hello, hello, "{\"ping\":1}"));
            assertThat(peer.nextText()).contains("pong");

            peer.send(RawPeer.frames(hello));

            assertThat(peer.awaitClose().code()).isEqualTo(CloseReason.BAD_FRAMES.code());
            sleep.complete();
            peer.frame(RawPeer.CLOSE, NOTHING);
            awaitMeter(server, "switchboard_connections", 0);
        }
    }
}
