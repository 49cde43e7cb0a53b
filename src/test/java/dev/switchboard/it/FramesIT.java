package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What plain WebSockets may carry: sizes, UTF-8 and RFC 6455, by a peer that makes its frames byte by byte. */
class FramesIT {
    private static final Closed TOO_BIG = new Closed(1009, "Message too big");
    private static final Closed VIOLATION = new Closed(1002, "Protocol error");
    private static final byte[] NOTHING = new byte[0];

    private static TestServer server;

    @BeforeAll
    static void start() {
        server =
                TestServer.start("{\"/\": {\"auth\": \"none\"}, \"/text\": {\"auth\": \"none\", \"dialect\": \"text\"},"
                        + " \"/moved\": {\"auth\": \"none\", \"ws\": \"/talk\", \"sockjs\": \"/talk/js\"}}");
        server.handle(on -> on.event("echo", (socket, data) -> data)
                .event("later", (socket, data) -> server.vertx().timer(300).map(v -> data)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawPeer open() {
        RawPeer peer = RawPeer.open(server.port(), "/ws");
        assertThat(peer.nextText()).contains("\"open\"");
        return peer;
    }

    private static void assertAlive(RawPeer peer) {
        peer.text("{\"event\":\"echo\",\"data\":\"alive\",\"id\":77}");
        assertThat(peer.nextText()).isEqualTo("{\"ack\":77,\"data\":\"alive\"}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** The reason comes as a close event and as a code. */
    private static void assertClosed(RawPeer peer, Closed reason) {
        JsonObject told = new JsonObject(peer.nextText());
        assertThat(told.getString("event")).isEqualTo("close");
        assertThat(told.getJsonObject("data").getInteger("code")).isEqualTo(reason.code());
        assertThat(peer.awaitClose()).isEqualTo(reason);
    }

    @Test
    void message_of4MiBInOneFrame_isTooBig() {
        try (RawPeer peer = open()) {
            peer.frameOf(RawPeer.TEXT, 4 << 20, new byte[1000]);

            assertClosed(peer, TOO_BIG);
        }
    }

    @Test
    void message_of4MiBInFragments_isTooBig() {
        try (RawPeer peer = open()) {
            byte[] part = utf8("x".repeat(512 << 10));
            peer.frame(RawPeer.TEXT_PART, part);
            peer.frame(RawPeer.CONTINUATION, part);
            peer.frame(RawPeer.CONTINUATION, part);

            assertClosed(peer, TOO_BIG);
        }
    }

    @Test
    void message_ofAlmost1MiB_isTaken() {
        try (RawPeer peer = open()) {
            String text = "x".repeat(1_000_000);
            peer.text("{\"event\":\"echo\",\"data\":\"" + text + "\",\"id\":1}");

            assertThat(peer.nextText()).isEqualTo("{\"ack\":1,\"data\":\"" + text + "\"}");
        }
    }

    @Test
    void binary_inTheEventsDialect_isUnsupported() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.BINARY, utf8("{\"event\":\"echo\"}"));

            assertClosed(peer, new Closed(1003, "Unsupported data"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c328", "ff", "c080", "eda080", "f4908080", "e4bd", "f0808080"})
    void text_thatIsNoUtf8_isRefused(String hex) {
        try (RawPeer peer = open()) {
            byte[] bad = java.util.HexFormat.of().parseHex(hex);
            byte[] head = utf8("{\"event\":\"echo\",\"data\":\"");
            byte[] message = Arrays.copyOf(head, head.length + bad.length + 2);
            System.arraycopy(bad, 0, message, head.length, bad.length);
            System.arraycopy(utf8("\"}"), 0, message, head.length + bad.length, 2);
            peer.frame(RawPeer.TEXT, message);

            assertClosed(peer, new Closed(1007, "Invalid UTF-8"));
        }
    }

    @Test
    void fragments_splitInsideACharacter_areOneMessage() {
        try (RawPeer peer = open()) {
            byte[] message = utf8("{\"event\":\"echo\",\"data\":\"ü😀\",\"id\":1}");
            for (int at = 0; at < message.length; at++) {
                int head = at == 0
                        ? RawPeer.TEXT_PART
                        : at == message.length - 1 ? RawPeer.LAST_CONTINUATION : RawPeer.CONTINUATION;
                peer.frame(head, new byte[] {message[at]});
            }

            assertThat(peer.nextText()).isEqualTo("{\"ack\":1,\"data\":\"ü😀\"}");
        }
    }

    @Test
    void fragments_thatAreEmpty_areNoHindrance() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.TEXT_PART, NOTHING);
            peer.frame(RawPeer.CONTINUATION, utf8("{\"event\":\"echo\",\"id\":1}"));
            peer.frame(RawPeer.CONTINUATION, NOTHING);
            peer.frame(RawPeer.LAST_CONTINUATION, NOTHING);

            assertThat(peer.nextText()).isEqualTo("{\"ack\":1}");
            assertAlive(peer);
        }
    }

    @Test
    void message_ofEmptyFragmentsOnly_isABadFrame() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.TEXT_PART, NOTHING);
            peer.frame(RawPeer.LAST_CONTINUATION, NOTHING);

            assertThat(peer.nextText()).contains("BAD_FRAME");
            assertAlive(peer);
        }
    }

    @Test
    void ping_betweenFragments_isAnsweredWithItsPayload() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.TEXT_PART, utf8("{\"event\":\"echo\","));
            peer.frame(RawPeer.PING, utf8("who is there"));
            peer.frame(RawPeer.LAST_CONTINUATION, utf8("\"id\":1}"));

            RawPeer.Frame pong = peer.next();
            assertThat(pong.head()).isEqualTo(RawPeer.PONG);
            assertThat(pong.text()).isEqualTo("who is there");
            assertThat(peer.nextText()).isEqualTo("{\"ack\":1}");
        }
    }

    @Test
    void pong_unasked_isIgnored() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.PONG, utf8("me"));

            assertAlive(peer);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "C1, ''", // reserved bits
        "A1, ''",
        "91, ''",
        "83, ''", // reserved opcodes
        "87, ''",
        "8B, ''",
        "80, 78", // a continuation of nothing
        "09, 78", // a control frame in parts
        "08, ''",
        "88, 03", // half a close code
        "88, 03ED", // codes that are never sent
        "88, 03EE",
        "88, 03E7",
        "88, 1388", // beyond all codes
        "88, FFFF"
    })
    void frame_thatBreaksTheProtocol_isAViolation(String head, String payload) {
        try (RawPeer peer = open()) {
            peer.frame(Integer.parseInt(head, 16), java.util.HexFormat.of().parseHex(payload));

            assertThat(peer.awaitClose().code()).isEqualTo(1002);
        }
    }

    @Test
    void violation_isToldAfterTheAnswersToWhatCameBefore() {
        try (RawPeer peer = open()) {
            peer.text("{\"event\":\"later\",\"data\":1,\"id\":1}");
            peer.text("{\"event\":\"echo\",\"data\":2,\"id\":2}");
            peer.frame(0xA1, NOTHING);
            peer.text("{\"event\":\"echo\",\"data\":3,\"id\":3}");

            assertThat(peer.nextText()).isEqualTo("{\"ack\":1,\"data\":1}");
            assertThat(peer.nextText()).isEqualTo("{\"ack\":2,\"data\":2}");
            peer.patience(Duration.ofSeconds(3));
            assertClosed(peer, VIOLATION);
        }
    }

    @Test
    void frame_unmasked_isAViolation() {
        try (RawPeer peer = open()) {
            peer.patience(Duration.ofSeconds(3));
            peer.unmasked(RawPeer.TEXT, utf8("{\"event\":\"echo\"}"));

            assertClosed(peer, VIOLATION);
        }
    }

    @Test
    void ping_ofMoreThan125Bytes_isAViolation() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.PING, new byte[126]);

            assertClosed(peer, VIOLATION);
        }
    }

    @Test
    void message_insideAnother_isAViolation() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.TEXT_PART, utf8("{"));
            peer.frame(RawPeer.TEXT, utf8("{}"));

            assertClosed(peer, VIOLATION);
        }
    }

    @Test
    void close_byTheClient_isEchoed() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.CLOSE, bytes(0x0F, 0xA5, 'b', 'y', 'e'));

            assertThat(peer.awaitClose().code()).isEqualTo(0x0FA5);
            peer.awaitEnd();
        }
    }

    @Test
    void close_withATextThatIsNoUtf8_isRefused() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.CLOSE, bytes(0x03, 0xE8, 0xFF));

            assertThat(peer.awaitClose().code()).isEqualTo(1007);
        }
    }

    @Test
    void close_withoutACode_isEchoedWithoutOne() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.CLOSE, NOTHING);

            assertThat(peer.awaitClose().code()).isIn(1000, 1005);
            peer.awaitEnd();
        }
    }

    @Test
    void close_byTheServer_thatIsNeverAnswered_endsTheConnection() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.BINARY, NOTHING);

            assertClosed(peer, new Closed(1003, "Unsupported data"));
            peer.patience(Duration.ofSeconds(20));
            peer.awaitEnd();
        }
    }

    @Test
    void text_thatIsNoUtf8_isRefusedBeforeItsFrameIsComplete() {
        try (RawPeer peer = open()) {
            peer.frameOf(RawPeer.TEXT, 1_000_000, bytes('{', 0xF4, 0x90));

            assertClosed(peer, new Closed(1007, "Invalid UTF-8"));
        }
    }

    @Test
    void fragments_tooMany_areTooBig() {
        try (RawPeer peer = open()) {
            peer.frame(RawPeer.TEXT_PART, NOTHING);
            byte[] empty = bytes(RawPeer.CONTINUATION, 0x80, 0, 0, 0, 0);
            byte[] many = new byte[empty.length << 18];
            for (int at = 0; at < many.length; at += empty.length) {
                System.arraycopy(empty, 0, many, at, empty.length);
            }
            peer.send(many);

            assertClosed(peer, TOO_BIG);
        }
    }

    /** What cannot be sent is not kept: of pings that nobody reads the answers of, the last is answered. */
    @Test
    void pings_byAPeerThatDoesNotRead_doNotPileUp() {
        int count = 200_000;
        try (RawPeer peer = RawPeer.small(server.port())) {
            assertThat(peer.upgrade("/ws", "")).isEqualTo(101);
            byte[] payload = new byte[125];
            for (int n = 0; n < count; n++) {
                payload[0] = (byte) (n < count - 1 ? 0 : 1);
                peer.frame(RawPeer.PING, payload);
            }
            int pongs = 0;
            int last = 0;
            while (last == 0) {
                RawPeer.Frame frame = peer.next();
                if (frame.head() == RawPeer.PONG) {
                    pongs++;
                    last = frame.payload()[0];
                }
            }
            assertThat(pongs).isLessThan(count / 2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GET {path} HTTP/1.1', 'Connection: Upgrade', 6, 'dGhlIHNhbXBsZSBub25jZQ==', 426",
        "'GET {path} HTTP/1.1', 'Connection: Upgrade', '', 'dGhlIHNhbXBsZSBub25jZQ==', 426",
        "'GET {path} HTTP/1.1', 'Connection: Upgrade', '13, 8', 'dGhlIHNhbXBsZSBub25jZQ==', 426",
        "'GET {path} HTTP/1.1', 'Connection: Upgrade', 13, 'dGhlIHNhbXBsZSBub25jZQ', 400",
        "'GET {path} HTTP/1.1', 'Connection: Upgrade', 13, 'dGhlIHNhbXBsZQ==', 400",
        "'GET {path} HTTP/1.1', 'Connection: Upgrade', 13, '', 400",
        "'GET {path} HTTP/1.1', 'Connection: Upgrade', 13, '!!!!IHNhbXBsZSBub25jZQ==', 400",
        "'GET {path} HTTP/1.1', 'Connection: close', 13, 'dGhlIHNhbXBsZSBub25jZQ==', 400",
        "'GET {path} HTTP/1.1', 'X: y', 13, 'dGhlIHNhbXBsZSBub25jZQ==', 400",
        "'GET {path} HTTP/1.0', 'Connection: Upgrade', 13, 'dGhlIHNhbXBsZSBub25jZQ==', 400",
        "'POST {path} HTTP/1.1', 'Connection: Upgrade', 13, 'dGhlIHNhbXBsZSBub25jZQ==', 405",
        "'GET {path} HTTP/1.1', 'Connection: keep-alive, upgrade', 13, 'dGhlIHNhbXBsZSBub25jZQ==', 101"
    })
    void opening_thatIsNotByTheBook_isRefused(String line, String connection, String version, String key, int status) {
        for (String path : List.of("/ws", "/sockjs/websocket", "/sockjs/0/abcdefgh/websocket", "/nothing")) {
            try (RawPeer peer = RawPeer.connect(server.port())) {
                String request = line.replace("{path}", path) + "\r\nHost: x\r\nUpgrade: websocket\r\n" + connection
                        + "\r\n" + header("Sec-WebSocket-Version", version) + header("Sec-WebSocket-Key", key) + "\r\n";

                assertThat(peer.request(request)).as(path).isEqualTo(status);
                assertThat(peer.header("sec-websocket-version")).isEqualTo(status == 426 ? "13" : null);
            }
        }
    }

    private static String header(String name, String value) {
        return value.isEmpty() ? "" : name + ": " + value + "\r\n";
    }

    @Test
    void violation_onAPathWithoutANamespace_endsTheConnection() {
        try (RawPeer peer = RawPeer.open(server.port(), "/nothing")) {
            peer.frame(0xF1, NOTHING);

            assertThat(peer.awaitClose()).isEqualTo(new Closed(4000, "Invalid URL"));
            peer.awaitEnd();
        }
    }

    @Test
    void compression_isNotAgreed() {
        try (RawPeer peer = RawPeer.connect(server.port())) {
            assertThat(peer.upgrade("/ws", "Sec-WebSocket-Extensions: permessage-deflate\r\n"))
                    .isEqualTo(101);
            assertThat(peer.header("sec-websocket-extensions")).isNull();
            assertThat(peer.nextText()).contains("\"open\"");
            peer.frame(0xC1, bytes(0xaa, 0x56, 0x4a));

            assertThat(peer.awaitClose().code()).isEqualTo(1002);
        }
    }

    @Test
    void badFrames_oneTooMany_closes() {
        try (RawPeer peer = open()) {
            for (int n = 0; n < 101; n++) {
                peer.text("bad");
            }

            for (int n = 0; n < 100; n++) {
                assertThat(peer.nextText()).contains("BAD_FRAME");
            }
            assertClosed(peer, new Closed(4400, "Bad frames"));
        }
    }

    @Test
    void path_withoutANamespace_isAnInvalidUrl() {
        for (String path : List.of("/nothing", "/ws/", "/ws/x", "/", "/other/ws")) {
            try (RawPeer peer = RawPeer.open(server.port(), path)) {
                assertThat(peer.awaitClose()).as(path).isEqualTo(new Closed(4000, "Invalid URL"));
            }
        }
    }

    @Test
    void path_ofAMount_canBeAnother() {
        for (String path : List.of("/talk", "/talk/js/websocket")) {
            try (RawPeer peer = RawPeer.open(server.port(), path)) {
                assertThat(peer.nextText()).as(path).contains("\"namespace\":\"/moved\"");
            }
        }
        for (String path : List.of("/moved/ws", "/moved/sockjs/websocket")) {
            try (RawPeer peer = RawPeer.open(server.port(), path)) {
                assertThat(peer.awaitClose()).as(path).isEqualTo(new Closed(4000, "Invalid URL"));
            }
        }
    }

    @Test
    void path_ofWhatIsOff_isNotFound() {
        for (String path : List.of("/socket.io/x", "/eventbus/websocket", "/admin", "/metrics")) {
            try (RawPeer peer = RawPeer.connect(server.port())) {
                assertThat(peer.upgrade(path, "")).as(path).isEqualTo(404);
            }
        }
    }
}
