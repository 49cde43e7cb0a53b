package dev.switchboard.transport.socketio;

import static dev.switchboard.transport.socketio.ServerUnderTest.MAX_PAYLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.transport.socketio.EnginePeer.Answer;
import dev.switchboard.transport.socketio.EnginePeer.Line;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO protocol, "Packet encoding", "Heartbeat" and "Upgrade", on both transports. */
@Tag("conformance-socketio")
@ParameterizedClass(name = "EIO={0}")
@ValueSource(ints = {3, 4})
class EnginePacketsIT {
    private static final String ONE_BINARY = "451-[\"message\",{\"_placeholder\":true,\"num\":0}]";
    private static final String ONE_BINARY_BACK = "451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]";

    @RegisterExtension
    private static final SuiteServer SERVER = new SuiteServer();

    private final int revision;
    private final EnginePeer peer;

    EnginePacketsIT(int revision) {
        this.revision = revision;
        peer = SERVER.peer(revision);
    }

    private void assertGone(String sid) {
        assertThat(peer.poll(sid).status()).isEqualTo(400);
    }

    // ---- payloads

    @Test
    void post_ofOnePacket_isAnsweredOk_andHandled() {
        String sid = peer.connected();

        Answer answer = peer.send(sid, "42[\"message\",\"hällo €\"]");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(peer.next(sid, 1)).containsExactly("42[\"message-back\",\"hällo €\"]");
    }

    @Test
    void post_ofSeveralPackets_isHandledInTheirOrder() {
        String sid = peer.connected();

        peer.send(sid, "42[\"message\",1]", "42[\"message\",\"😀\"]", "42[\"message\",3]");

        assertThat(peer.next(sid, 3))
                .containsExactly("42[\"message-back\",1]", "42[\"message-back\",\"😀\"]", "42[\"message-back\",3]");
    }

    @Test
    void binaryPacket_whilePolling_isBase64InBothDirections() {
        String sid = connectedTextOnly();

        peer.send(sid, ONE_BINARY, peer.base64((byte) 1, (byte) 2));

        assertThat(nextTextOnly(sid)).containsExactly(ONE_BINARY_BACK, peer.base64((byte) 1, (byte) 2));
    }

    /** Protocol 3 has octets, too, unless the client says that it takes none. */
    private String connectedTextOnly() {
        String first = peer.packets(
                        peer.get(peer.query("&transport=polling&b64=1")).body())
                .get(0);
        String sid = new JsonObject(first.substring(1)).getString("sid");
        if (revision == 4) {
            peer.send(sid, "40");
        }
        assertThat(nextTextOnly(sid)).singleElement().asString().startsWith("40");
        return sid;
    }

    private List<String> nextTextOnly(String sid) {
        List<String> packets;
        do {
            packets = peer.packets(
                    peer.get(peer.query("&transport=polling&b64=1&sid=" + sid)).body());
        } while (packets.equals(List.of("2")));
        return packets;
    }

    @Test
    void binaryPacket_inProtocol3_isOctetsInBothDirections() {
        assumeTrue(revision == 3, "protocol 4 has base64 only");
        String sid = peer.connected();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 4, 5, (byte) 255});
        body.writeBytes(EnginePeer.bytes(ONE_BINARY));
        body.writeBytes(new byte[] {1, 3, (byte) 255, 4, 1, 2});

        assertThat(peer.post(sid, body.toByteArray()).status()).isEqualTo(200);

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(new byte[] {0, 5, 0, (byte) 255});
        expected.writeBytes(EnginePeer.bytes(ONE_BINARY_BACK));
        expected.writeBytes(new byte[] {1, 3, (byte) 255, 4, 1, 2});
        assertThat(peer.pollOctets(sid)).isEqualTo(expected.toByteArray());
    }

    @Test
    void post_thatIsNoPayload_endsTheSession() {
        String sid = peer.connected();

        int status = post(sid, "abc");

        assertGone(sid);
        ServerUnderTest.assumeOwn("the reference answers before it looks");
        assertThat(status).isEqualTo(400);
    }

    /** Some servers hang up. */
    private int post(String sid, String body) {
        try {
            return peer.post(sid, body).status();
        } catch (RuntimeException hungUp) {
            return 0;
        }
    }

    @Test
    void post_overTheLimit_isRefused() {
        String sid = peer.connected();

        Answer answer = peer.send(sid, "42[\"message\",\"" + "x".repeat(MAX_PAYLOAD) + "\"]");

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void post_atTheLimit_isTaken() {
        String sid = peer.connected();
        int rest = MAX_PAYLOAD - peer.payload("42[\"message-with-ack\",\"\"]").length() - 8;

        assertThat(peer.send(sid, "42[\"message-with-ack\",\"" + "x".repeat(rest) + "\"]")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void twoPolls_atOnce_endTheSession() {
        String sid = peer.connected();
        CompletableFuture<Answer> one = peer.pollLater(sid);
        Answer other = peer.poll(sid);

        // On two connections either may be the first to arrive.
        Answer first = other.status() == 200 ? other : one.join();
        Answer second = other.status() == 200 ? one.join() : other;
        assertThat(second.status()).isIn(400, 500);
        assertThat(first.status()).isEqualTo(200);
        assertThat(peer.packets(first.body())).containsAnyOf("1", "2");
        assertGone(sid);
    }

    /** A round trip of another kind: requests of one client are taken in the order in which they were sent. */
    private void awaitPolling() {
        peer.handshake();
        peer.handshake();
    }

    // ---- WebSocket

    @Test
    void webSocket_carriesTextAndBinaryPackets() {
        Line line = peer.lineConnected();

        line.send("42[\"message\",\"a\"]").send(ONE_BINARY).send((byte) 1, (byte) 2);

        assertThat(line.next(3))
                .containsExactly("42[\"message-back\",\"a\"]", ONE_BINARY_BACK, revision == 4 ? "[1, 2]" : "[4, 1, 2]");
        line.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "7", "", "x"})
    void webSocket_withAPacketThatIsNone_isClosed(String packet) {
        Line line = peer.lineOpen();

        line.send(packet);

        line.awaitClosed();
    }

    @Test
    void webSocket_withAMessageOverTheLimit_isClosed() {
        Line line = peer.lineConnected();

        line.send("42[\"message\",\"" + "x".repeat(MAX_PAYLOAD) + "\"]");

        line.awaitClosed();
    }

    // ---- close

    @Test
    void closePacket_whilePolling_endsTheSessionAndTheRequestThatWaits() {
        String sid = peer.connected();
        CompletableFuture<Answer> waiting = peer.pollLater(sid);
        awaitPolling();

        assertThat(peer.send(sid, "1").status()).isEqualTo(200);

        assertThat(waiting.join().status()).isEqualTo(200);
        assertThat(peer.packets(waiting.join().body())).containsAnyOf("6", "2");
        assertGone(sid);
    }

    @Test
    void closePacket_onAWebSocket_endsIt() {
        peer.lineOpen().send("1").awaitClosed();
    }
}
