package thinkjs2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.switchboard.testkit.SwitchboardExtension;
import dev.switchboard.testkit.TestClient;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who hears what, in either set of event names. */
final class ChatHandlerTest {
    private static final Payload NOTHING = Payload.of(new JsonObject());

    @RegisterExtension
    static final SwitchboardExtension switchboard = SwitchboardExtension.of(Path.of("conf/thinkjs2-chat.json"));

    private static TestClient newcomer() {
        return switchboard.node().connect();
    }

    private static TestClient named(Names names, String name) {
        TestClient client = newcomer().emit(names.addUser(), name);
        client.next("login");
        return client;
    }

    private static Payload user(String name) {
        return Payload.of(new JsonObject().put("username", name));
    }

    private static Payload user(String name, int count) {
        return Payload.of(new JsonObject().put("username", name).put("numUsers", count));
    }

    private static Payload message(String name, String text) {
        return Payload.of(new JsonObject().put("username", name).put("message", text));
    }

    /** All of this name that is not about an opening. */
    private static List<Payload> heard(TestClient client, String event) {
        return client.heard(event).stream()
                .filter(data -> !data.equals(NOTHING))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void comingSayingAndGoing_isToldToTheOthersOnce(Names names) {
        TestClient silent = newcomer();
        TestClient alice = newcomer();
        TestClient bob = newcomer();

        alice.emit(names.addUser(), "alice");
        assertThat(alice.next("login").number("numUsers")).isEqualTo(1);
        bob.emit(names.addUser(), "bob");
        assertThat(bob.next("login").number("numUsers")).isEqualTo(2);
        alice.emit("typing").emit(names.stopTyping()).emit(names.message(), "hi");

        assertThat(silent.heard(names.joined())).containsExactly(user("alice", 1), user("bob", 2));
        for (TestClient other : List.of(bob, silent)) {
            assertThat(other.heard("typing")).containsExactly(user("alice"));
            assertThat(other.heard(names.stopTyping())).containsExactly(user("alice"));
            assertThat(heard(other, names.message())).containsExactly(message("alice", "hi"));
        }
        assertThat(heard(alice, names.message())).isEmpty();
        assertThat(alice.heard("typing")).isEmpty();

        silent.close();
        alice.breakOff();
        assertThat(bob.heard(names.left())).containsExactly(user("alice", 1));
    }

    @Test
    void bothSets_areOneChat_andEachHearsItsOwn() {
        TestClient ann = named(Names.DEMO, "ann");
        TestClient bob = named(Names.SOCKET_IO, "bob");

        ann.emit(Names.DEMO.message(), "hello");
        bob.emit(Names.SOCKET_IO.stopTyping());

        assertThat(heard(bob, Names.SOCKET_IO.message())).containsExactly(message("ann", "hello"));
        assertThat(bob.heard(Names.DEMO.message())).isEmpty();
        assertThat(ann.heard(Names.DEMO.stopTyping())).containsExactly(user("bob"));
        assertThat(ann.heard(Names.SOCKET_IO.stopTyping())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void addUser_again_changesNothing(Names names) {
        TestClient alice = named(names, "alice");
        TestClient bob = named(names, "bob");

        assertThat(alice.ask(names.addUser(), "another").isAbsent()).isTrue();
        alice.emit(names.message(), "hi");

        assertThat(heard(bob, names.message())).containsExactly(message("alice", "hi"));
        assertThat(bob.heard(names.joined())).isEmpty();
    }

    @Test
    void withoutAName_nothingIsSaid() {
        TestClient silent = newcomer();
        TestClient other = newcomer();

        for (String event : List.of("chat", "new message", "typing", "stoptyping", "stop typing")) {
            assertThatExceptionOfType(EventException.class)
                    .as(event)
                    .isThrownBy(() -> silent.ask(event, "hi"))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo("NO_NAME"));
            assertThat(heard(other, event)).as(event).isEmpty();
        }
    }
}
