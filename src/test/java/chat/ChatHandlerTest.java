package chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.switchboard.testkit.SwitchboardExtension;
import dev.switchboard.testkit.TestClient;
import dev.switchboard.testkit.TestNode;
import dev.switchboard.wire.EventException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ChatHandlerTest {
    @RegisterExtension
    static final SwitchboardExtension switchboard = SwitchboardExtension.of(Path.of("conf/chat.json"));

    private static TestNode node() {
        return switchboard.node();
    }

    private static JsonObject said(String room, String text) {
        return new JsonObject().put("room", room).put("text", text);
    }

    @Test
    void message_reachesTheRoomAlone_andTheWriterToo() {
        TestClient ann = node().connect("ann");
        TestClient bob = node().connect("bob");
        TestClient eve = node().connect("eve");
        ann.ask("join", "tea");
        assertThat(bob.ask("join", " tea ").object().getJsonArray("users")).hasSize(2);

        ann.ask("message", said("tea", "hi"));

        assertThat(bob.next("message").string("text")).isEqualTo("hi");
        assertThat(ann.heard("message")).hasSize(1);
        assertThat(eve.heard("message")).isEmpty();
    }

    @Test
    void message_fromOutsideTheRoom_orEmpty_isRefused() {
        TestClient ann = node().connect("ann");

        assertThatExceptionOfType(EventException.class)
                .isThrownBy(() -> ann.ask("message", said("tea", "hi")))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("NOT_IN_ROOM"));
        assertThatExceptionOfType(EventException.class)
                .isThrownBy(() -> ann.ask("message", said("tea", " ")))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("INVALID_DATA"));
    }

    @Test
    void whisper_reachesAllSocketsOfBothPeople() {
        TestClient ann = node().connect("ann");
        TestClient phone = node().connect("ann");
        TestClient bob = node().connect("bob");
        TestClient eve = node().connect("eve");

        ann.ask("whisper", new JsonObject().put("to", "bob").put("text", "psst"));

        assertThat(bob.heard("whisper")).hasSize(1);
        assertThat(ann.heard("whisper")).hasSize(1);
        assertThat(phone.heard("whisper")).hasSize(1);
        assertThat(eve.heard("whisper")).isEmpty();
        assertThatExceptionOfType(EventException.class)
                .isThrownBy(() ->
                        ann.ask("whisper", new JsonObject().put("to", "nobody").put("text", "psst")))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("NOT_ONLINE"));
    }
}
