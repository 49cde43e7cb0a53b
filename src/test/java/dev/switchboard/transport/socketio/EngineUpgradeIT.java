package dev.switchboard.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.transport.socketio.EnginePeer.Answer;
import dev.switchboard.transport.socketio.EnginePeer.Line;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO protocol, "Upgrade": a session goes from polling to a WebSocket. */
@Tag("conformance-socketio")
@ParameterizedClass(name = "EIO={0}")
@ValueSource(ints = {3, 4})
class EngineUpgradeIT {
    private static final int MANY = 50;

    @RegisterExtension
    private static final SuiteServer SERVER = new SuiteServer();

    private final EnginePeer peer;

    EngineUpgradeIT(int revision) {
        peer = SERVER.peer(revision);
    }

    private Line upgraded(String sid) {
        Line line = peer.upgrade(sid);
        assertThat(line.send("2probe").next()).isEqualTo("3probe");
        return line.send("5");
    }

    /** More than once: it may come in on the session's event loop, or on another. */
    @RepeatedTest(8)
    void probe_isAnswered_andTheRequestThatWaitsIsLetGo() {
        String sid = peer.connected();
        CompletableFuture<Answer> waiting = peer.pollLater(sid);
        Line line = peer.upgrade(sid);

        assertThat(line.send("2probe").next()).isEqualTo("3probe");
        assertThat(waiting.join().status()).isEqualTo(200);
        assertThat(peer.packets(waiting.join().body())).containsAnyOf("6", "2");

        line.send("5").send("42[\"message\",\"after\"]");
        assertThat(line.next()).isEqualTo("42[\"message-back\",\"after\"]");
        line.close();
    }

    @RepeatedTest(8)
    void whatWaits_goesToTheWebSocket_beforeAllThatFollows() {
        String sid = peer.connected();
        peer.send(
                sid,
                IntStream.range(0, MANY)
                        .mapToObj(n -> "42[\"message\"," + n + "]")
                        .toArray(String[]::new));

        Line line = upgraded(sid);
        line.send(IntStream.range(MANY, 2 * MANY)
                .mapToObj(n -> "42[\"message\"," + n + "]")
                .toArray(String[]::new));

        List<String> expected = IntStream.range(0, 2 * MANY)
                .mapToObj(n -> "42[\"message-back\"," + n + "]")
                .toList();
        assertThat(line.next(2 * MANY)).isEqualTo(expected);
        line.close();
    }

    @Test
    void http_afterTheUpgrade_isRefused_andTheSessionGoesOn() {
        String sid = peer.connected();
        Line line = upgraded(sid);
        assertThat(line.send("42[\"message\",1]").next()).isEqualTo("42[\"message-back\",1]");

        assertThat(peer.poll(sid).status()).isEqualTo(400);
        assertThat(peer.send(sid, "42[\"message\",2]").status()).isEqualTo(400);

        assertThat(line.send("42[\"message\",3]").next()).isEqualTo("42[\"message-back\",3]");
        line.close();
    }

    @Test
    void secondWebSocket_ofTheSameSession_isClosed() {
        String sid = peer.connected();
        Line line = upgraded(sid);
        assertThat(line.send("42[\"message\",1]").next()).isEqualTo("42[\"message-back\",1]");

        peer.upgrade(sid).awaitClosed();

        assertThat(line.send("42[\"message\",3]").next()).isEqualTo("42[\"message-back\",3]");
        line.close();
    }

    @Test
    void webSocket_ofASessionThatBeganOnOne_isClosed() {
        Line line = peer.line(peer.query("&transport=websocket"));
        String sid = new JsonObject(line.nextRaw().substring(1)).getString("sid");

        peer.upgrade(sid).awaitClosed();
        line.close();
    }

    @Test
    void probe_thatIsNone_isClosed_andPollingGoesOn() {
        String sid = peer.connected();

        peer.upgrade(sid).send("4hello").awaitClosed();

        peer.send(sid, "42[\"message\",1]");
        assertThat(peer.next(sid, 1)).containsExactly("42[\"message-back\",1]");
    }

    @Test
    void probe_thatBreaksOff_costsNothing() {
        String sid = peer.connected();
        Line line = peer.upgrade(sid);
        assertThat(line.send("2probe").next()).isEqualTo("3probe");

        line.close();

        peer.send(sid, "42[\"message\",1]");
        List<String> heard = peer.next(sid);
        while (!heard.contains("42[\"message-back\",1]")) {
            heard = peer.next(sid);
        }
    }
}
