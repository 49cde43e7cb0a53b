package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Namespace;
import dev.switchboard.token.User;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Places hear who comes and goes: once per user, whatever the number of tabs and nodes. */
@Tag("cluster")
class PresenceIT {
    private TestServer server;

    @AutoClose
    private Clients clients;

    @BeforeEach
    void start() {
        server = TestServer.start("{\"/\": {\"auth\": \"none\", \"presence\": \"all\"}}");
        server.handle(VerbHandlers::verbs);
        clients = new Clients(server, Transport.JDK_WEBSOCKET);
    }

    @AfterEach
    void stop() {
        clients.close();
        server.close();
    }

    private static JsonObject news(TestClient client, String event) {
        return (JsonObject) client.data(event);
    }

    private static void assertNews(TestClient client, String event, String user, int count) {
        JsonObject news = news(client, event);
        assertThat(news.getJsonObject("user").getString("id")).isEqualTo(user);
        assertThat(news.getInteger("count")).isEqualTo(count);
        assertThat(news.containsKey("room")).isFalse();
    }

    private List<Object> heard(TestClient client, String event) {
        return server.heardBy(client, "/", event);
    }

    private List<String> users(int node, String room) {
        Namespace namespace = Namespace.of(server.vertx(node), "/");
        return TestServer.await((room.isEmpty() ? namespace.all() : namespace.room(room)).users()).stream()
                .map(User::id)
                .toList();
    }

    @Test
    void namespace_usersComeAndGo_areToldOnce() {
        TestClient ann = clients.openAs("ann");
        assertNews(ann, "user joined", "ann", 1);
        TestClient bob = clients.openAs("bob");
        assertNews(ann, "user joined", "bob", 2);
        assertNews(bob, "user joined", "bob", 2);
        TestClient tab = clients.openAs("bob");
        TestClient nobody = clients.open();

        bob.hangUp();
        bob.awaitClosed();
        tab.settle();
        for (int node = 0; node < server.nodes(); node++) {
            assertThat(users(node, "")).containsExactly("ann", "bob");
        }
        tab.hangUp();

        assertNews(ann, "user left", "bob", 1);
        assertNews(nobody, "user left", "bob", 1);
        assertThat(heard(ann, "user joined")).isEmpty();
        assertThat(heard(ann, "user left")).isEmpty();
        assertThat(heard(nobody, "user joined")).isEmpty();
    }

    @Test
    void room_usersComeAndGo_areToldOnceAndOnlyThere() {
        TestClient ann = clients.openAs("ann");
        TestClient bob = clients.openAs("bob");
        TestClient tab = clients.openAs("bob");
        ann.answer("join", "r");
        bob.answer("join", "r");
        tab.answer("join", "r");
        tab.answer("join", "r");

        for (int node = 0; node < server.nodes(); node++) {
            assertThat(users(node, "r")).containsExactly("ann", "bob");
            assertThat(TestServer.await(
                            Namespace.of(server.vertx(node), "/").room("r").count()))
                    .isEqualTo(2);
        }
        bob.answer("leave", "r");
        tab.answer("leave", "r");

        List<String> told = List.of("user joined", "user joined", "user left");
        for (String event : told) {
            assertThat(awaitRoomNews(ann, event).getString("room")).isEqualTo("r");
        }
        assertThat(heard(ann, "user left")).isEmpty();
        assertThat(users(0, "r")).containsExactly("ann");
        assertThat(users(0, "no such room")).isEmpty();
    }

    private static JsonObject awaitRoomNews(TestClient client, String event) {
        JsonObject news = news(client, event);
        while (!news.containsKey("room")) {
            news = news(client, event);
        }
        return news;
    }

    @Test
    void anonymous_whoThenSaysWhoItIs_isCountedFromThenOn() {
        TestClient watcher = clients.openAs("ann");
        assertNews(watcher, "user joined", "ann", 1);
        TestClient late = clients.open();
        late.answer("join", "r");
        assertThat(users(0, "")).containsExactly("ann");

        late.answer("auth", new JsonObject().put("token", Tokens.of("late")));

        assertNews(watcher, "user joined", "late", 2);
        assertThat(users(server.nodes() - 1, "r")).containsExactly("late");
    }

    @Test
    void joinAndLeave_quickly_endRight() {
        TestClient ann = clients.openAs("ann");
        for (int i = 0; i < 20; i++) {
            ann.emit("join", "r");
            ann.emit("leave", "r");
        }
        ann.answer("join", "r");

        assertThat(users(server.nodes() - 1, "r")).containsExactly("ann");
        ann.hangUp();
        Awaitility.await()
                .atMost(Inbox.DEADLINE)
                .untilAsserted(() -> assertThat(users(0, "r")).isEmpty());
    }
}
