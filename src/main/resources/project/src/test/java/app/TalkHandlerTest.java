package app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchboard.testkit.SwitchboardExtension;
import dev.switchboard.testkit.TestClient;
import dev.switchboard.wire.EventException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TalkHandlerTest {
    @RegisterExtension
    static final SwitchboardExtension switchboard = SwitchboardExtension.of(Path.of("conf/app.json"));

    @Test
    void say_isToldToEverybody() {
        TestClient ann = switchboard.node().connect("ann");
        TestClient bob = switchboard.node().connect("bob");

        ann.emit("say", " hi ");

        JsonObject expected = new JsonObject().put("who", "ann").put("text", "hi");
        assertEquals(expected, ann.next("said").object());
        assertEquals(expected, bob.next("said").object());
    }

    @Test
    void say_nothing_isRefused() {
        TestClient ann = switchboard.node().connect("ann");

        EventException refused = assertThrows(EventException.class, () -> ann.ask("say", " "));

        assertEquals("BAD_TEXT", refused.code());
        assertEquals(List.of(), ann.heard("said"));
    }

    @Test
    void leaving_isToldToTheOthers() {
        TestClient ann = switchboard.node().connect("ann");
        TestClient bob = switchboard.node().connect("bob");

        ann.breakOff();

        assertEquals("ann", bob.next("left").string());
    }
}
