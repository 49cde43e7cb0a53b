package dev.switchboard.transport.socketio;

import static dev.switchboard.transport.socketio.ServerUnderTest.MAX_PAYLOAD;
import static dev.switchboard.transport.socketio.ServerUnderTest.PING_INTERVAL;
import static dev.switchboard.transport.socketio.ServerUnderTest.PING_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.transport.socketio.EnginePeer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO protocol, "Handshake" and "URLs": how a session begins, and what begins none. */
@Tag("conformance-socketio")
@ParameterizedClass(name = "EIO={0}")
@ValueSource(ints = {3, 4})
class EngineHandshakeIT {
    @RegisterExtension
    private static final SuiteServer SERVER = new SuiteServer();

    private final EnginePeer peer;

    EngineHandshakeIT(int revision) {
        peer = SERVER.peer(revision);
    }

    private static void assertHandshake(String packet, JsonArray upgrades) {
        assertThat(packet).startsWith("0");
        JsonObject said = new JsonObject(packet.substring(1));
        assertThat(said.fieldNames())
                .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(said.getString("sid")).hasSizeGreaterThan(15).matches("[A-Za-z0-9_-]+");
        assertThat(said.getJsonArray("upgrades")).isEqualTo(upgrades);
        assertThat(said.getInteger("pingInterval")).isEqualTo(PING_INTERVAL);
        assertThat(said.getInteger("pingTimeout")).isEqualTo(PING_TIMEOUT);
        assertThat(said.getInteger("maxPayload")).isEqualTo(MAX_PAYLOAD);
    }

    @Test
    void polling_begins_withAnOpenPacketOfExactlyTheFieldsOfTheProtocol() {
        Answer answer = peer.handshake();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(peer.packets(answer.body()))
                .singleElement()
                .satisfies(packet -> assertHandshake(packet, new JsonArray().add("websocket")));
    }

    @Test
    void webSocket_begins_withTheSame_andNoUpgrades() {
        EnginePeer.Line line = peer.line(peer.query("&transport=websocket"));

        assertHandshake(line.nextRaw(), new JsonArray());
        line.close();
    }

    @Test
    void sessionIds_areNeverTheSame_norLikeTheOneBefore() {
        Set<String> starts = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            starts.add(peer.open().substring(0, 5));
        }
        assertThat(starts).hasSize(20);
    }

    @Test
    void sessionId_chosenByTheClient_isUnknown() {
        assertThat(peer.poll("chosen-by-the-client").json())
                .isEqualTo(new JsonObject().put("code", 1).put("message", "Session ID unknown"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, &transport=abc, 0, Transport unknown",
        "GET, '', 0, Transport unknown",
        "GET, &transport=polling&sid=unknown, 1, Session ID unknown",
        "POST, &transport=polling&sid=unknown, 1, Session ID unknown",
        "POST, &transport=polling, 2, Bad handshake method",
        "PUT, &transport=polling, 2, Bad handshake method",
        "GET, &transport=websocket, 3, Bad request",
    })
    void request_thatCannotBe_isRefusedWithACode(String method, String query, int code, String message) {
        Answer answer = method.equals("GET") ? peer.get(peer.query(query)) : peer.ask(method, peer.query(query), "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(answer.json()).isEqualTo(new JsonObject().put("code", code).put("message", message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EIO=abc&", "EIO=2&", "EIO=5&", "EIO=44&"})
    void revision_missingOrUnknown_isRefused(String revision) {
        ServerUnderTest.assumeOwn("the reference takes whatever is not 4 for 3, where it takes 3");

        Answer answer = peer.get(revision + "transport=polling");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json())
                .isEqualTo(new JsonObject().put("code", 5).put("message", "Unsupported protocol version"));
        assertThat(peer.refusal(revision + "transport=websocket")).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&transport=abc", "&transport=websocket&sid=unknown"})
    void upgrade_thatCannotBe_isRefused(String query) {
        assertThat(peer.refusal(peer.query(query))).isEqualTo(400);
    }
}
