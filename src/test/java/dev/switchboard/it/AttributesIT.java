package dev.switchboard.it;

import static dev.switchboard.it.VerbHandlers.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What handlers know of a socket. Each test is alone in its rooms and users. */
@EveryTransport
@Tag("cluster")
class AttributesIT {
    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final String user;

    AttributesIT(Transport transport) {
        clients = new Clients(server, transport);
        user = "user of " + transport;
    }

    @BeforeAll
    static void start() {
        server = TestServer.open();
        server.handle("/", 2, ThreadingModel.WORKER, VerbHandlers::verbs);
        server.handle(on -> on.open(socket -> {
                    socket.attribute("color", socket.handshake().query().get("color"));
                    return null;
                })
                .event("color", (socket, data) -> socket.attribute("color")));
        server.handle(on -> on.event("count of one", (socket, data) -> VerbHandlers.count(socket)));
        server.handle(
                "/",
                3,
                ThreadingModel.WORKER,
                on -> on.event("count of three", (socket, data) -> VerbHandlers.count(socket)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void socket_tellsWhoItIs_withoutSecrets() {
        TestClient client =
                clients.open("/", "?color=red&key=0123456789abcdef0123456789abcdef&token=" + Tokens.of(user));

        JsonObject me = (JsonObject) client.answer("me", null);

        assertThat(me.getString("user")).isEqualTo(user);
        assertThat(me.getString("name")).isEqualTo("Name of " + user);
        assertThat(me.getString("namespace")).isEqualTo("/");
        assertThat(me.getJsonArray("query")).contains("color").doesNotContain("key", "token");
        assertThat(me.getString("address")).isEqualTo("127.0.0.1");
    }

    @Test
    void open_seesTheQueryOfItsOwnConnection() {
        TestClient red = clients.open("/", "?color=red");
        TestClient without = clients.open();

        assertThat(red.answer("color", null)).isEqualTo("red");
        assertThat(without.answer("color", null)).isNull();
    }

    @Test
    void attributes_areSeenByTheNextEventAlsoWhenPipelined() {
        for (String event : List.of("count of one", "count of three")) {
            TestClient client = clients.open();
            List<String> events = IntStream.rangeClosed(1, 200)
                    .mapToObj(id -> "{\"event\":\"" + event + "\",\"id\":" + id + "}")
                    .toList();

            client.send(events);

            for (int id = 1; id <= 200; id++) {
                assertThat(client.ack(id).getInteger("data")).as(event).isEqualTo(id);
            }
        }
    }

    @Test
    void attributes_areSeenByAnotherVerticle() {
        TestClient client = clients.open();
        List<String> events = IntStream.rangeClosed(1, 100)
                .mapToObj(id -> "{\"event\":\"count of " + (id % 2 == 0 ? "one" : "three") + "\",\"id\":" + id + "}")
                .toList();

        client.send(events);

        for (int id = 1; id <= 100; id++) {
            assertThat(client.ack(id).getInteger("data")).isEqualTo(id);
        }
    }

    @Test
    void attributes_canBeForgotten() {
        TestClient client = clients.open();

        client.answer("remember", "text");
        assertThat(client.answer("recall", null)).isEqualTo("text");
        client.answer("remember", null);
        assertThat(client.answer("recall", null)).isNull();
    }
}
