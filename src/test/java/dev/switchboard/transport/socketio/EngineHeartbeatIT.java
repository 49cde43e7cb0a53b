package dev.switchboard.transport.socketio;

import static dev.switchboard.transport.socketio.ServerUnderTest.PING_INTERVAL;
import static dev.switchboard.transport.socketio.ServerUnderTest.PING_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.transport.socketio.EnginePeer.Answer;
import dev.switchboard.transport.socketio.EnginePeer.Line;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO protocol, "Heartbeat": in protocol 4 the server pings, in protocol 3 the client. */
@Tag("conformance-socketio")
@ParameterizedClass(name = "EIO={0}")
@ValueSource(ints = {3, 4})
class EngineHeartbeatIT {
    private static final int ROUNDS = 3;

    @RegisterExtension
    private static final SuiteServer SERVER = new SuiteServer();

    private final int revision;
    private final EnginePeer peer;

    EngineHeartbeatIT(int revision) {
        this.revision = revision;
        peer = SERVER.peer(revision);
    }

    @Test
    void server_pings_aClientOfProtocol4() {
        assumeTrue(revision == 4);
        String sid = peer.open();
        peer.send(sid, "40");
        peer.next(sid, 1);
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(peer.next(sid)).containsExactly("2");
            assertThat(peer.send(sid, "3").status()).isEqualTo(200);
        }
    }

    @Test
    void server_pings_aClientOfProtocol4_onAWebSocket() {
        assumeTrue(revision == 4);
        Line line = peer.lineConnected();
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(line.nextRaw()).isEqualTo("2");
            line.send("3");
        }
        line.close();
    }

    @Test
    void ping_ofAClientOfProtocol3_isAnswered() {
        assumeTrue(revision == 3);
        String sid = peer.open();
        peer.next(sid, 1);
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(peer.send(sid, "2").status()).isEqualTo(200);
            assertThat(peer.next(sid)).containsExactly("3");
        }
    }

    @Test
    void ping_ofAClientOfProtocol3_isAnswered_onAWebSocket() {
        assumeTrue(revision == 3);
        Line line = peer.lineConnected();
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(line.send("2").nextRaw()).isEqualTo("3");
        }
        line.close();
    }

    @Test
    void silence_whilePolling_endsTheSession() {
        String sid = peer.open();

        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            // A post is no sign of life of the heart, and tells whether there is a session.
            Answer answer = peer.send(sid, "6");
            assertThat(answer.status()).isEqualTo(400);
        });
    }

    @Test
    void silence_onAWebSocket_endsIt_andNotBefore() {
        Line line = peer.lineConnected();
        long begin = System.nanoTime();

        String last = line.nextRaw();
        while (last.equals("2")) {
            last = line.nextRaw();
        }

        assertThat(last).isEqualTo("closed");
        assertThat(Duration.ofNanos(System.nanoTime() - begin).toMillis())
                .isGreaterThan(PING_INTERVAL + PING_TIMEOUT - 100);
    }

    @Test
    void heart_thatBeatsOnTheWrongSide_endsTheConnection() {
        Line line = peer.lineOpen();

        line.send(revision == 4 ? "2" : "3");

        line.awaitClosed();
    }
}
