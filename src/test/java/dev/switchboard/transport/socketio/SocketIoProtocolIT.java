package dev.switchboard.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.transport.socketio.EnginePeer.Line;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket.IO protocol, "Exchange protocol" and "Packet encoding": protocol 5 on Engine.IO 4, and 4 on 3. */
@Tag("conformance-socketio")
@ParameterizedClass(name = "EIO={0}")
@ValueSource(ints = {3, 4})
class SocketIoProtocolIT {
    @RegisterExtension
    private static final SuiteServer SERVER = new SuiteServer();

    private final int revision;
    private final EnginePeer peer;

    SocketIoProtocolIT(int revision) {
        this.revision = revision;
        peer = SERVER.peer(revision);
    }

    private String binary(String numbers) {
        return revision == 4 ? "[" + numbers + "]" : "[4, " + numbers + "]";
    }

    // ---- connecting to a namespace

    @Test
    void connect_inProtocol5_isAnsweredWithTheSessionIdAlone() {
        assumeTrue(revision == 4);
        Line line = peer.lineOpen();

        String answer = line.send("40").next();

        assertThat(answer).startsWith("40{");
        JsonObject said = new JsonObject(answer.substring(2));
        assertThat(said.fieldNames()).containsExactly("sid");
        assertThat(said.getString("sid")).isNotEmpty();
        line.close();
    }

    @Test
    void connect_inProtocol4_happensToTheMainNamespaceByItself() {
        assumeTrue(revision == 3);
        Line line = peer.lineOpen();

        assertThat(line.next()).isEqualTo("40");
        line.close();
    }

    @Test
    void connect_inProtocol5_doesNotHappenByItself() {
        assumeTrue(revision == 4);
        Line line = peer.lineOpen();

        assertThat(line.nextRaw()).isEqualTo("2");
        line.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40/custom,", "40/custom,{\"any\":\"payload\"}", "40/custom"})
    void connect_toAnotherNamespace_isAnsweredForIt(String connect) {
        Line line = peer.lineConnected();

        String answer = line.send(connect).next();

        assertThat(answer).startsWith(revision == 4 ? "40/custom,{\"sid\":" : "40/custom");
        line.close();
    }

    @Test
    void connect_inProtocol4_mayHaveAQuery() {
        assumeTrue(revision == 3);
        Line line = peer.lineConnected();

        assertThat(line.send("40/custom?a=b,").next()).startsWith("40/custom");
        assertThat(line.send("42/custom,[\"message\",1]").next()).isEqualTo("42/custom,[\"message-back\",1]");
        line.close();
    }

    @Test
    void connect_toAnUnknownNamespace_isRefused_andTheConnectionGoesOn() {
        Line line = peer.lineConnected();

        String answer = line.send("40/random,").next();

        assertThat(answer).startsWith("44/random,").contains("Invalid namespace");
        if (revision == 4) {
            assertThat(answer).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        }
        assertThat(line.send("42[\"message\",1]").next()).isEqualTo("42[\"message-back\",1]");
        line.close();
    }

    @Test
    void connect_thatAMiddlewareRefuses_isToldWhy_withData() {
        Line line = peer.lineConnected();

        String answer = line.send("40/guarded,").next();

        assertThat(answer)
                .isEqualTo(
                        revision == 4
                                ? "44/guarded,{\"message\":\"Not authorized\",\"data\":{\"why\":\"closed\"}}"
                                : "44/guarded,{\"why\":\"closed\"}");
        assertThat(line.send("42[\"message\",1]").next()).isEqualTo("42[\"message-back\",1]");
        line.close();
    }

    @Test
    void packet_beforeConnect_endsTheConnection() {
        assumeTrue(revision == 4);
        peer.lineOpen().send("42[\"message\",1]").awaitClosed();
    }

    @Test
    void connect_thatNeverComes_endsTheConnection() {
        assumeTrue(revision == 4);
        peer.lineOpen().awaitClosed();
    }

    @Test
    void connect_again_endsTheConnection() {
        peer.lineConnected().send("40").awaitClosed();
    }

    @Test
    void packet_forANamespaceThatIsNotConnected_endsTheConnection() {
        peer.lineConnected().send("42/custom,[\"message\",1]").awaitClosed();
    }

    // ---- events

    @ParameterizedTest
    @ValueSource(strings = {"", ",1", ",1,\"2\",{\"3\":[true]}", ",null", ",[1,2]", ",[]", ",\"ü\u2028😀\""})
    void event_withSoManyArguments_comesBackWithTheSame(String arguments) {
        Line line = peer.lineConnected();

        assertThat(line.send("42[\"message\"" + arguments + "]").next())
                .isEqualTo("42[\"message-back\"" + arguments + "]");
        line.close();
    }

    @Test
    void events_ofSeveralNamespaces_shareTheConnection() {
        Line line = peer.lineConnected();
        line.send("40/custom,").next();

        line.send("42/custom,[\"message\",1]", "42[\"message\",2]");

        assertThat(line.next(2)).containsExactlyInAnyOrder("42/custom,[\"message-back\",1]", "42[\"message-back\",2]");
        line.close();
    }

    @Test
    void event_withSeveralAttachments_comesBackWithThem() {
        Line line = peer.lineConnected();
        String placeholders = "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}";

        line.send("452-[\"message\"," + placeholders + "]")
                .send((byte) 1, (byte) 2)
                .send((byte) 3);

        assertThat(line.next(3))
                .containsExactly("452-[\"message-back\"," + placeholders + "]", binary("1, 2"), binary("3"));
        line.close();
    }

    @Test
    void event_withAttachmentsDeepWithin_comesBackWithThem() {
        Line line = peer.lineConnected();
        String data =
                "{\"name\":\"a\",\"parts\":[{\"_placeholder\":true,\"num\":0},7,{\"_placeholder\":true,\"num\":1}]}";

        line.send("452-[\"message\"," + data + "]").send((byte) 1).send((byte) 2);

        assertThat(line.next(3)).containsExactly("452-[\"message-back\"," + data + "]", binary("1"), binary("2"));
        line.close();
    }

    @Test
    void event_withAttachments_inAnotherNamespace_comesBackThere() {
        Line line = peer.lineConnected();
        line.send("40/custom,").next();

        line.send("451-/custom,[\"message\",{\"_placeholder\":true,\"num\":0}]").send((byte) 9);

        assertThat(line.next(2))
                .containsExactly("451-/custom,[\"message-back\",{\"_placeholder\":true,\"num\":0}]", binary("9"));
        line.close();
    }

    // ---- acknowledgements

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "456"})
    void event_withAnId_isAnsweredWithTheSame(String id) {
        Line line = peer.lineConnected();

        assertThat(line.send("42" + id + "[\"message-with-ack\",1,\"2\",{\"3\":[false]}]")
                        .next())
                .isEqualTo("43" + id + "[1,\"2\",{\"3\":[false]}]");
        line.close();
    }

    @Test
    void event_withAnId_andNothingToAnswer_isAnsweredByAnEmptyArray() {
        Line line = peer.lineConnected();

        assertThat(line.send("427[\"message-with-ack\"]").next()).isEqualTo("437[]");
        line.close();
    }

    @Test
    void event_withAnId_inAnotherNamespace_isAnsweredThere() {
        Line line = peer.lineConnected();
        line.send("40/custom,").next();

        assertThat(line.send("42/custom,7[\"message-with-ack\",1]").next()).isEqualTo("43/custom,7[1]");
        line.close();
    }

    @Test
    void answer_withAttachments_isABinaryOne() {
        Line line = peer.lineConnected();
        String placeholders = "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}";

        line.send("452-789[\"message-with-ack\"," + placeholders + "]")
                .send((byte) 1)
                .send((byte) 2);

        assertThat(line.next(3)).containsExactly("462-789[" + placeholders + "]", binary("1"), binary("2"));
        line.close();
    }

    @Test
    void question_ofTheServer_isAnsweredByTheClient() {
        Line line = peer.lineConnected();

        String question = line.send("42[\"ask\",\"how much?\"]").next();

        assertThat(question).matches("42[0-9]+\\[\"question\",\"how much\\?\"]");
        String id = question.substring(2, question.indexOf('['));
        assertThat(line.send("43" + id + "[\"a lot\"]").next()).isEqualTo("42[\"answered\",\"a lot\"]");
        line.close();
    }

    @Test
    void question_ofTheServer_isAnsweredWithBytes() {
        Line line = peer.lineConnected();
        String question = line.send("42[\"ask\",1]").next();
        String id = question.substring(2, question.indexOf('['));

        line.send("461-" + id + "[{\"_placeholder\":true,\"num\":0}]").send((byte) 5);

        assertThat(line.next(2)).containsExactly("451-[\"answered\",{\"_placeholder\":true,\"num\":0}]", binary("5"));
        line.close();
    }

    @Test
    void answer_toNothing_isIgnored() {
        Line line = peer.lineConnected();

        assertThat(line.send("43999[1]", "42[\"message\",1]").next()).isEqualTo("42[\"message-back\",1]");
        line.close();
    }

    // ---- disconnecting

    @Test
    void disconnect_ofOneNamespace_leavesTheOther() {
        Line line = peer.lineConnected();
        line.send("40/custom,").next();

        line.send("41/custom,", "42[\"message\",1]");

        assertThat(line.next()).isEqualTo("42[\"message-back\",1]");
        assertThat(line.send("40/custom,").next()).startsWith("40/custom");
        line.close();
    }

    @Test
    void disconnect_byTheServer_leavesTheOtherNamespace() {
        Line line = peer.lineConnected();
        line.send("40/custom,").next();

        line.send("42/custom,[\"leave\"]");

        List<String> heard = new ArrayList<>(List.of(line.next()));
        while (!heard.get(heard.size() - 1).startsWith("41")) {
            heard.add(line.next());
        }
        assertThat(heard.get(heard.size() - 1)).isEqualTo("41/custom,");
        assertThat(line.send("42[\"message\",1]").next()).isEqualTo("42[\"message-back\",1]");
        line.close();
    }

    // ---- packets that are none

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4abc",
                "47",
                "49[\"message\"]",
                "42{}",
                "42abc",
                "42[",
                "42[]",
                "42[{}]",
                "42[\"message\"",
                "42[\"connect\"]",
                "42[\"disconnect\"]",
                "43[]x",
                "43{}",
                "44{\"message\":\"no\"}",
                "45-[\"message\"]",
                "45a-[\"message\"]",
                "451[\"message\"]",
                "451-[\"message\",{\"_placeholder\":true,\"num\":0}]42",
            })
    void packet_thatIsNone_endsTheConnection(String packet) {
        Line line = peer.lineConnected();

        line.send(packet);

        line.awaitClosed();
    }

    @Test
    void event_withoutPayload_endsTheConnection() {
        ServerUnderTest.assumeOwn("the reference does not look whether there is one");
        peer.lineConnected().send("42").awaitClosed();
    }

    @Test
    void text_whereAnAttachmentIsDue_endsTheConnection() {
        Line line = peer.lineConnected();

        line.send("451-[\"message\",{\"_placeholder\":true,\"num\":0}]", "42[\"message\",1]");

        line.awaitClosed();
    }

    @Test
    void attachment_ofNothing_endsTheConnection() {
        peer.lineConnected().send((byte) 1, (byte) 2).awaitClosed();
    }

    @Test
    void placeholder_forNothing_endsTheConnection() {
        Line line = peer.lineConnected();

        line.send("451-[\"message\",{\"_placeholder\":true,\"num\":1}]").send((byte) 1);

        line.awaitClosed();
    }
}
