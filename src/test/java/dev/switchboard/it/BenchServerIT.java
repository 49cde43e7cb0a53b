package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server that load generators drive. */
@EveryTransport
@Tag("cluster")
class BenchServerIT {
    private static TestServer server;

    @AutoClose
    private final Clients clients;

    BenchServerIT(Transport transport) {
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = ExampleServer.start("bench/server");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private TestClient openAs(String user) {
        return clients.open("/", Clients.query("token", Tokens.of(user)));
    }

    private static JsonObject to(String target) {
        return new JsonObject().put("to", target).put("data", "hello");
    }

    @Test
    void echo_comesBack_asEventAndAsAnswer() {
        TestClient ann = openAs("ann");
        JsonObject data = new JsonObject().put("a", List.of(1, 2));

        assertThat(ann.answer("echo", data)).isEqualTo(data);
        assertThat(ann.data("echo")).isEqualTo(data);
    }

    @Test
    void broadcast_andRoom_reachTheSenderToo() {
        TestClient ann = openAs("ann");
        TestClient bob = openAs("bob");
        TestClient eve = openAs("eve");

        ann.answer("join", "red");
        bob.answer("join", "red");
        ann.answer("room", new JsonObject().put("room", "red").put("data", 7));
        ann.answer("broadcast", "all");

        for (TestClient member : List.of(ann, bob)) {
            assertThat(member.data("room")).isEqualTo(7);
        }
        for (TestClient client : List.of(ann, bob, eve)) {
            assertThat(client.data("broadcast")).isEqualTo("all");
        }
        assertThat(server.heardBy(eve, "/", "room")).isEmpty();
    }

    @Test
    void privateAndUser_reachOneSocket_andAllOfAUser() {
        TestClient ann = openAs("ann");
        TestClient bob = openAs("bob");
        TestClient bobToo = openAs("bob");

        ann.answer("private", to(bob.id()));
        assertThat(bob.data("private")).isEqualTo("hello");
        assertThat(server.heardBy(bobToo, "/", "private")).isEmpty();

        ann.answer("user", to("bob"));
        assertThat(bob.data("user")).isEqualTo("hello");
        assertThat(bobToo.data("user")).isEqualTo("hello");
        assertThat(server.heardBy(ann, "/", "user")).isEmpty();
    }

    @Test
    void privateToNobody_isAnsweredSo() {
        assertThat(openAs("ann").refusal("private", to("nobody")).getString("code"))
                .isEqualTo("NO_SOCKET");
    }
}
