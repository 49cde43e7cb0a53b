package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example {@code thinkjs2-chat}: who hears what, in either set of event names. */
@EveryClient
@Tag("cluster")
class Thinkjs2ChatIT {
    private static final String OPENED = "new message";
    private static final JsonObject NOTHING = new JsonObject();

    enum Words {
        DEMO("adduser", "chat", "stoptyping", "userjoin", "userleft"),
        SOCKET_IO("add user", "new message", "stop typing", "user joined", "user left");

        private final String addUser;
        private final String message;
        private final String stopTyping;
        private final String joined;
        private final String left;

        Words(String addUser, String message, String stopTyping, String joined, String left) {
            this.addUser = addUser;
            this.message = message;
            this.stopTyping = stopTyping;
            this.joined = joined;
            this.left = left;
        }
    }

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    Thinkjs2ChatIT(Transport transport) {
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = ExampleServer.start("thinkjs2-chat");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Those of the test before may be about to leave, some transports take their time, and would count. */
    @BeforeEach
    void awaitNobody() {
        TestServer.await(server.namespace("/").all().disconnect(CloseReason.KICKED));
        awaitSockets(0);
    }

    private static void awaitSockets(int count) {
        await().atMost(Inbox.DEADLINE)
                .until(() ->
                        TestServer.await(server.namespace("/").all().sockets()).size() == count);
    }

    private static JsonObject numUsers(int count) {
        return new JsonObject().put("numUsers", count);
    }

    private static JsonObject user(String name) {
        return new JsonObject().put("username", name);
    }

    private static JsonObject user(String name, int count) {
        return user(name).put("numUsers", count);
    }

    private static JsonObject message(String name, Object text) {
        return user(name).put("message", text);
    }

    /** The next event of this name that is not about an opening. */
    private static Object next(TestClient client, String event) {
        Object data = client.data(event);
        return NOTHING.equals(data) ? next(client, event) : data;
    }

    /** All of this name that came, but those about openings. */
    private static List<Object> heard(TestClient client, String event) {
        return server.heardBy(client, "/", event).stream()
                .filter(data -> !NOTHING.equals(data))
                .toList();
    }

    private static void come(TestClient client, Words words, String name, int count) {
        client.emit(words.addUser, name);
        assertThat(client.data("login")).isEqualTo(numUsers(count));
    }

    /** A client whose {@code open} has been handled, so that it hears what others say. */
    private TestClient opened() {
        TestClient client = clients.open();
        assertThat(client.refusal("typing", null).getString("code")).isEqualTo("NO_NAME");
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void comingSayingAndGoing_isToldToTheOthersOnce(Words words) {
        TestClient alice = opened();
        TestClient bob = opened();
        TestClient silent = opened();
        List<TestClient> others = List.of(bob, silent);

        come(alice, words, "alice", 1);
        others.forEach(other -> assertThat(next(other, words.joined)).isEqualTo(user("alice", 1)));
        come(bob, words, "bob", 2);
        List.of(alice, silent)
                .forEach(other -> assertThat(next(other, words.joined)).isEqualTo(user("bob", 2)));
        alice.emit("typing");
        alice.emit(words.stopTyping);
        alice.emit(words.message, "hi");
        others.forEach(other -> {
            assertThat(other.data("typing")).isEqualTo(user("alice"));
            assertThat(other.data(words.stopTyping)).isEqualTo(user("alice"));
            assertThat(next(other, words.message)).isEqualTo(message("alice", "hi"));
        });

        for (String event : List.of("login", words.joined, "typing", words.stopTyping, words.message)) {
            assertThat(heard(alice, event)).as(event).isEmpty();
        }
        for (String event : List.of("login", words.joined, words.message)) {
            assertThat(heard(silent, event)).as(event).isEmpty();
        }
        silent.hangUp();
        awaitSockets(2);
        alice.hangUp();
        assertThat(next(bob, words.left)).isEqualTo(user("alice", 1));
        come(opened(), words, "carol", 2);
        assertThat(heard(bob, words.left)).isEmpty();
    }

    @Test
    void open_isToldToTheOthersAsAMessageOfNothing_butNotToSocketIosClients() {
        TestClient silent = opened();
        TestClient demo = opened();
        TestClient socketIo = opened();
        come(demo, Words.DEMO, "ann", 1);
        come(socketIo, Words.SOCKET_IO, "bob", 2);
        server.heardBy(silent, "/", OPENED);
        server.heardBy(demo, "/", OPENED);
        server.heardBy(socketIo, "/", OPENED);

        TestClient late = opened();

        assertThat(silent.data(OPENED)).isEqualTo(NOTHING);
        assertThat(demo.data(OPENED)).isEqualTo(NOTHING);
        come(late, Words.DEMO, "mia", 3);
        assertThat(server.heardBy(socketIo, "/", OPENED)).isEmpty();
        assertThat(server.heardBy(late, "/", OPENED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void addUser_again_changesNothing(Words words) {
        TestClient alice = opened();
        TestClient bob = opened();
        come(alice, words, "alice", 1);

        alice.answer(words.addUser, "another");

        come(bob, words, "bob", 2);
        alice.emit(words.message, "hi");
        assertThat(next(bob, words.message)).isEqualTo(message("alice", "hi"));
        assertThat(heard(alice, "login")).isEmpty();
        assertThat(heard(bob, words.joined)).containsExactly(user("alice", 1));
    }

    @Test
    void clientsOfBothSets_areInOneChatAndHearTheirOwn() {
        TestClient ann = opened();
        TestClient bob = opened();
        come(ann, Words.DEMO, "ann", 1);
        come(bob, Words.SOCKET_IO, "bob", 2);
        assertThat(next(ann, "userjoin")).isEqualTo(user("bob", 2));

        ann.emit("chat", "hello");
        assertThat(next(bob, "new message")).isEqualTo(message("ann", "hello"));
        bob.emit("stop typing");
        assertThat(next(ann, "stoptyping")).isEqualTo(user("bob"));
        bob.emit("new message", new JsonObject().put("text", "and you"));
        assertThat(next(ann, "chat")).isEqualTo(message("bob", new JsonObject().put("text", "and you")));

        assertThat(heard(bob, "chat")).isEmpty();
        assertThat(heard(ann, "new message")).isEmpty();
    }

    @Test
    void clientWithoutAName_isNotHeard() {
        TestClient bob = opened();
        TestClient silent = opened();

        for (String event : List.of("chat", "new message", "typing", "stoptyping", "stop typing")) {
            assertThat(silent.refusal(event, "hi").getString("code")).as(event).isEqualTo("NO_NAME");
            assertThat(heard(bob, event)).as(event).isEmpty();
        }
        assertThat(silent.refusal("adduser", 7).getString("code")).isEqualTo("INVALID_DATA");
    }
}
