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

/** The example {@code thinkjs3}: broadcasts that include the sender, answers, and groups of messages. */
@EveryClient
@Tag("cluster")
class Thinkjs3IT {
    private static final String OPENED = "This client opened successfully!";
    private static final String JOINED = "There is a new client joined successfully!";

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    Thinkjs3IT(Transport transport) {
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = ExampleServer.start("thinkjs3");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Those of the test before may be about to leave, some transports take their time, and would be told. */
    @BeforeEach
    void awaitNobody() {
        TestServer.await(server.namespace("/").all().disconnect(CloseReason.KICKED));
        await().atMost(Inbox.DEADLINE)
                .until(() ->
                        TestServer.await(server.namespace("/").all().sockets()).isEmpty());
    }

    /** Whose own opening is told. */
    private TestClient open(String namespace) {
        TestClient client = clients.open(namespace, "");
        assertThat(client.data("joined")).isEqualTo(JOINED);
        return client;
    }

    @Test
    void open_isToldToTheClientAndThenToAll_onceEach() {
        TestClient other = open("/");
        TestClient client = open("/");

        assertThat(other.data("joined")).isEqualTo(JOINED);
        assertThat(client.inbox().all())
                .extracting(text -> new JsonObject(text).getString("event"))
                .containsExactly("open", "opend", "joined");
        assertThat(client.data("opend")).isEqualTo(OPENED);
        for (TestClient each : List.of(client, other)) {
            assertThat(server.heardBy(each, "/", "joined")).isEmpty();
        }
        assertThat(server.heardBy(other, "/", "opend")).containsExactly(OPENED);
    }

    @Test
    void addUser_getsTheDataAndAnswersTheAckIfOneIsWanted() {
        TestClient client = open("/");
        JsonObject data = new JsonObject().put("event", "not the envelope").put("data", new JsonObject());

        assertThat(client.answer("addUser", "ann")).isEqualTo("ann");
        assertThat(client.answer("addUser", data)).isEqualTo(data);
        client.emit("addUser", "ann");
        client.answer("addUser", null);

        assertThat(client.inbox().all().stream().map(JsonObject::new).filter(message -> message.containsKey("ack")))
                .hasSize(3);
        assertThat(client.heard("error")).isEmpty();
    }

    @Test
    void groups_haveEventsAndBroadcastsOfTheirOwn() {
        TestClient root = open("/");
        TestClient sender = open("/chat");
        TestClient other = open("/chat");

        sender.emit("say", "hello");

        assertThat(sender.data("said")).isEqualTo("hello");
        assertThat(other.data("said")).isEqualTo("hello");
        for (TestClient each : List.of(sender, other)) {
            assertThat(server.heardBy(each, "/chat", "said")).isEmpty();
        }
        assertThat(server.heardBy(root, "/", "said")).isEmpty();
        assertThat(server.heardBy(root, "/", "joined")).isEmpty();
        assertThat(root.refusal("say", "hello").getString("code")).isEqualTo("UNKNOWN_EVENT");
        assertThat(sender.refusal("addUser", "ann").getString("code")).isEqualTo("UNKNOWN_EVENT");
        assertThat(sender.refusal("namespace", "/").getString("code")).isEqualTo("UNKNOWN_EVENT");
    }

    @Test
    void close_knowsWhatWasNotedOfTheSocket() {
        TestClient client = open("/");
        TestClient other = open("/");
        client.answer("addUser", "ann");

        client.hangUp();

        assertThat(other.data("left")).isEqualTo("ann");
        assertThat(server.heardBy(other, "/", "left")).isEmpty();
    }
}
