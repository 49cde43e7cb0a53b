package dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.testkit.SwitchboardExtension;
import dev.switchboard.testkit.TestClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DialogueHandlerTest {
    @RegisterExtension
    static final SwitchboardExtension switchboard = SwitchboardExtension.of(Path.of("conf/ws-dialogue.json"));

    @Test
    void message_isAnsweredAfterAWhile_eachByItself() {
        TestClient ann = switchboard.node().connect();
        TestClient bob = switchboard.node().connect();

        ann.emit("message", "hello").emit("message", "hello?");
        assertThat(ann.heard("message")).isEmpty();
        switchboard.node().clock().advance(Duration.ofSeconds(1));

        assertThat(ann.next("message").string()).isEqualTo("你的名字是什么");
        assertThat(ann.next("message").string()).isEqualTo("你的名字是什么");
        assertThat(bob.heard("message")).isEmpty();
    }

    @Test
    void message_ofOneWhoHasLeft_isForgotten() {
        TestClient ann = switchboard.node().connect();
        TestClient bob = switchboard.node().connect();

        ann.emit("message", "bye");
        switchboard.node().settle();
        ann.close();
        switchboard.node().clock().advance(Duration.ofSeconds(1));

        assertThat(bob.heard("message")).isEmpty();
    }
}
