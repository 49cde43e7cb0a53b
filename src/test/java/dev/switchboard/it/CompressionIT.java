package dev.switchboard.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed messages on WebSockets (RFC 7692), by peers that make them byte by byte and by clients that do it themselves. */
class CompressionIT {
    private static final int COMPRESSED_TEXT = 0xC1;
    private static final int COMPRESSED_PART = 0x41;
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
    private static final String LARGE = "a message that is worth it, ".repeat(100);

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"http": {"compression": true, "compressionThreshold": 300}, "namespaces": {"/": {"auth": "none"}}}"""));
        server.handle(on -> on.event("echo", (socket, data) -> data));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawPeer open(String path, String offer) {
        RawPeer peer = RawPeer.connect(server.port());
        assertThat(peer.upgrade(path, offer)).isEqualTo(101);
        return peer;
    }

    private static RawPeer open() {
        RawPeer peer = open("/ws", OFFER);
        assertThat(peer.nextText()).contains("\"open\"");
        return peer;
    }

    private static byte[] deflated(Deflater deflater, byte[] bytes) {
        byte[] out = new byte[bytes.length + 1000];
        deflater.setInput(bytes);
        int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, size - 4);
    }

    private static byte[] deflated(String text) {
        return deflated(new Deflater(9, true), text.getBytes(UTF_8));
    }

    private static String inflated(byte[] payload) {
        byte[] whole = Arrays.copyOf(payload, payload.length + 4);
        whole[payload.length + 2] = (byte) 0xFF;
        whole[payload.length + 3] = (byte) 0xFF;
        Inflater inflater = new Inflater(true);
        inflater.setInput(whole);
        byte[] out = new byte[1 << 20];
        try {
            return new String(out, 0, inflater.inflate(out), UTF_8);
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static String echo(String text, int id) {
        return "{\"event\":\"echo\",\"data\":\"" + text + "\",\"id\":" + id + "}";
    }

    private static String ack(String text, int id) {
        return "{\"ack\":" + id + ",\"data\":\"" + text + "\"}";
    }

    @Test
    void offer_isTaken_andOnlyLargeMessagesAreCompressed() {
        try (RawPeer peer = open()) {
            assertThat(peer.header("sec-websocket-extensions"))
                    .isEqualTo("permessage-deflate; server_no_context_takeover");
            peer.text(echo(LARGE, 1));
            RawPeer.Frame large = peer.next();
            peer.frame(COMPRESSED_TEXT, deflated(echo("small", 2)));
            RawPeer.Frame small = peer.next();

            assertThat(large.head()).isEqualTo(COMPRESSED_TEXT);
            assertThat(large.payload().length).isLessThan(LARGE.length() / 5);
            assertThat(inflated(large.payload())).isEqualTo(ack(LARGE, 1));
            assertThat(small.head()).isEqualTo(RawPeer.TEXT);
            assertThat(small.text()).isEqualTo(ack("small", 2));
        }
    }

    @Test
    void offer_thatNeedsASmallerWindow_isDeclined() {
        try (RawPeer peer =
                open("/ws", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10\r\n")) {
            assertThat(peer.header("sec-websocket-extensions")).isNull();
            assertThat(peer.nextText()).contains("\"open\"");
            peer.text(echo(LARGE, 1));

            assertThat(peer.nextText()).isEqualTo(ack(LARGE, 1));
        }
    }

    @Test
    void messages_thatUseThoseBefore_andInFragments_areInflated() {
        Deflater deflater = new Deflater(9, true);
        try (RawPeer peer = open()) {
            for (int n = 1; n <= 3; n++) {
                byte[] all =
                        deflated(deflater, echo("the same again, Grüße 😀", n).getBytes(UTF_8));
                int half = all.length / 2;
                peer.frame(COMPRESSED_PART, Arrays.copyOf(all, half));
                peer.frame(RawPeer.PING, new byte[] {1});
                assertThat(peer.next().head()).isEqualTo(RawPeer.PONG);
                peer.frame(RawPeer.LAST_CONTINUATION, Arrays.copyOfRange(all, half, all.length));

                assertThat(peer.nextText()).isEqualTo(ack("the same again, Grüße 😀", n));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "client_no_context_takeover"})
    void message_ofAFewBytesThatInflatesTo40MB_isTooBig(String more) {
        byte[] bomb = deflated(new Deflater(9, true), new byte[40 << 20]);
        String offer = "Sec-WebSocket-Extensions: permessage-deflate" + (more.isEmpty() ? "" : "; " + more) + "\r\n";
        try (RawPeer peer = open("/ws", offer)) {
            peer.frame(COMPRESSED_TEXT, bomb);

            assertThat(peer.awaitClose()).isEqualTo(new Closed(1009, "Message too big"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "A1, ''", // the other reserved bits
        "91, ''",
        "F1, ''",
        "C9, ''", // a control frame that is compressed
        "C8, 03E8",
        "C1, FFFFFF" // what cannot be inflated
    })
    void frame_thatBreaksTheProtocol_isAViolation(String head, String payload) {
        try (RawPeer peer = open()) {
            peer.frame(Integer.parseInt(head, 16), HexFormat.of().parseHex(payload));

            assertThat(peer.awaitClose().code()).isEqualTo(1002);
        }
    }

    @Test
    void continuation_thatSaysItIsCompressed_isAViolation() {
        try (RawPeer peer = open()) {
            peer.frame(COMPRESSED_PART, deflated("{"));
            peer.frame(0xC0, deflated("}"));

            assertThat(peer.awaitClose().code()).isEqualTo(1002);
        }
    }

    @Test
    void text_thatIsNoUtf8OnceInflated_isRefused() {
        try (RawPeer peer = open()) {
            peer.frame(COMPRESSED_TEXT, deflated(new Deflater(9, true), new byte[] {'{', (byte) 0xC3, 0x28}));

            assertThat(peer.awaitClose().code()).isEqualTo(1007);
        }
    }

    @Test
    void compressedMessage_onAConnectionThatDidNotOffer_isAViolation() {
        try (RawPeer other = open();
                RawPeer peer = open("/ws", "")) {
            assertThat(peer.header("sec-websocket-extensions")).isNull();
            peer.frame(COMPRESSED_TEXT, deflated(echo("x", 1)));
            other.frame(COMPRESSED_TEXT, deflated(echo("x", 1)));

            assertThat(peer.awaitClose().code()).isEqualTo(1002);
            assertThat(other.nextText()).isEqualTo(ack("x", 1));
        }
    }

    @Test
    void broadcast_isTheSameForAllWhoTakeItCompressed_andPlainForOthers() {
        try (RawPeer one = open();
                RawPeer two = open();
                RawPeer plain = open("/ws", "")) {
            assertThat(plain.nextText()).contains("\"open\"");
            server.namespace("/").all().emit("news", LARGE);

            RawPeer.Frame first = one.next();
            String expected = "{\"event\":\"news\",\"data\":\"" + LARGE + "\"}";
            assertThat(first.head()).isEqualTo(COMPRESSED_TEXT);
            assertThat(inflated(first.payload())).isEqualTo(expected);
            assertThat(two.next().payload()).isEqualTo(first.payload());
            assertThat(plain.nextText()).isEqualTo(expected);
        }
    }

    @Test
    void webSocketsOfSockJs_haveIt_too() {
        for (String path : List.of("/sockjs/websocket", "/sockjs/000/abcdefghij/websocket")) {
            boolean bare = path.equals("/sockjs/websocket");
            try (RawPeer peer = open(path, OFFER)) {
                String message = echo(LARGE, 1);
                String sent = bare
                        ? message
                        : new io.vertx.core.json.JsonArray().add(message).encode();
                peer.frame(COMPRESSED_TEXT, deflated(sent));
                RawPeer.Frame answer = peer.next();
                while (answer.head() != COMPRESSED_TEXT) {
                    answer = peer.next();
                }

                assertThat(inflated(answer.payload())).contains(LARGE);
            }
        }
    }

    @Test
    void violation_afterGoodMessages_leavesThemAsTheyAre() {
        try (RawPeer peer = open()) {
            peer.frame(COMPRESSED_TEXT, deflated(echo("good", 1)));
            assertThat(peer.nextText()).isEqualTo(ack("good", 1));
            peer.frame(0xF1, new byte[0]);
            peer.frame(COMPRESSED_TEXT, deflated(echo("never", 2)));

            assertThat(peer.nextText()).contains("\"close\"").contains("1002");
            assertThat(peer.awaitClose().code()).isEqualTo(1002);
        }
    }

    @Test
    void client_ofVertx_understandsIt() {
        Vertx vertx = Vertx.vertx();
        try {
            WebSocketClient client =
                    vertx.createWebSocketClient(new WebSocketClientOptions().setTryUsePerMessageCompression(true));
            Inbox<String> inbox = new Inbox<>();
            WebSocket socket = TestServer.await(
                    client.connect(server.port(), "127.0.0.1", "/ws").map(open -> open.textMessageHandler(inbox::add)));
            assertThat(socket.headers().get("Sec-WebSocket-Extensions")).startsWith("permessage-deflate");
            assertThat(inbox.next()).contains("\"open\"");
            for (int n = 1; n <= 5; n++) {
                socket.writeTextMessage(echo(LARGE + n, n));
                assertThat(inbox.next()).isEqualTo(ack(LARGE + n, n));
            }
        } finally {
            TestServer.await(vertx.close());
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"NODE_WEBSOCKET", "JDK_WEBSOCKET", "SOCKJS_WEBSOCKET", "SOCKJS_RAW_WEBSOCKET", "SOCKJS_XHR_POLLING"
            })
    void echo_overAnyTransport_comesBack(Transport transport) {
        try (Clients clients = new Clients(server, transport)) {
            TestClient client = clients.open();

            assertThat(client.answer("echo", LARGE)).isEqualTo(LARGE);
            assertThat(client.answer("echo", "small")).isEqualTo("small");
        }
    }
}
