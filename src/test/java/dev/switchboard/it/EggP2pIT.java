package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The example {@code egg-p2p}: rooms that exist or not, who is online, and private messages. */
@ParameterizedClass
@EnumSource(
        names = {
            "JDK_WEBSOCKET",
            "SOCKJS_WEBSOCKET",
            "SOCKJS_XHR_POLLING",
            "SOCKETIO_POLLING",
            "SOCKETIO_WEBSOCKET",
            "SOCKETIO2_POLLING",
            "SOCKETIO2_WEBSOCKET"
        })
@Tag("cluster")
class EggP2pIT {
    private static final String NAMESPACE = "/ptop";

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    EggP2pIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = ExampleServer.start("egg-p2p");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Those of the test before may be about to leave, some transports take their time. */
    @BeforeEach
    void awaitNobody() {
        TestServer.await(server.namespace(NAMESPACE).all().disconnect(CloseReason.KICKED));
        await().atMost(Inbox.DEADLINE)
                .until(() -> TestServer.await(server.namespace(NAMESPACE).all().sockets())
                        .isEmpty());
    }

    private TestClient join() {
        return clients.open(NAMESPACE, "?room=demo&userId=client_0.5");
    }

    /** The next news of who is online; returns their ids in the order told. */
    private static JsonArray online(TestClient client, String action, String message) {
        JsonObject data = (JsonObject) client.data("online");
        assertThat(data.fieldNames()).containsExactlyInAnyOrder("clients", "action", "target", "message");
        assertThat(data.getString("action")).isEqualTo(action);
        assertThat(data.getString("target")).isEqualTo("participator");
        assertThat(data.getString("message")).isEqualTo(message);
        return data.getJsonArray("clients");
    }

    private static JsonArray joined(TestClient client, TestClient who) {
        return online(client, "join", "User(" + who.id() + ") joined.");
    }

    private static List<String> ids(TestClient... some) {
        return Stream.of(some).map(TestClient::id).toList();
    }

    private static JsonObject exchange(String target, Object payload) {
        return new JsonObject().put("target", target).put("payload", payload);
    }

    @Test
    void joining_isToldToTheWholeRoom() {
        TestClient first = join();
        assertThat(joined(first, first)).containsExactlyElementsOf(ids(first));

        TestClient second = join();

        for (TestClient each : List.of(first, second)) {
            assertThat(joined(each, second)).containsExactlyElementsOf(ids(first, second));
            assertThat(server.heardBy(each, NAMESPACE, "online")).isEmpty();
        }
    }

    @Test
    void leaving_isToldToTheRest() {
        TestClient first = join();
        TestClient second = join();
        joined(first, first);
        joined(first, second);

        second.hangUp();

        assertThat(online(first, "leave", "User(" + second.id() + ") leaved.")).containsExactlyElementsOf(ids(first));
        assertThat(server.heardBy(first, NAMESPACE, "online")).isEmpty();
    }

    @Test
    void exchange_reachesItsTargetAlone() {
        TestClient first = join();
        TestClient second = join();
        TestClient third = join();
        JsonObject payload = new JsonObject().put("msg", "test");
        long before = System.currentTimeMillis();

        first.emit("exchange", exchange(second.id(), payload));

        JsonObject message = (JsonObject) second.data(second.id());
        assertThat(message.getJsonObject("data"))
                .isEqualTo(new JsonObject().put("action", "exchange").put("payload", payload));
        JsonObject meta = message.getJsonObject("meta");
        assertThat(meta.fieldNames()).isEqualTo(Set.of("timestamp", "client", "target"));
        assertThat(meta.getLong("timestamp")).isGreaterThanOrEqualTo(before);
        assertThat(meta.getString("client")).isEqualTo(first.id());
        assertThat(meta.getString("target")).isEqualTo(second.id());
        for (TestClient each : List.of(first, second, third)) {
            assertThat(server.heardBy(each, NAMESPACE, second.id())).isEmpty();
        }
    }

    @Test
    void exchange_withOneself_works() {
        TestClient client = join();

        client.emit("exchange", exchange(client.id(), null));

        JsonObject message = (JsonObject) client.data(client.id());
        assertThat(message.getJsonObject("data").getJsonObject("payload")).isEqualTo(new JsonObject());
    }

    @Test
    void exchange_withoutATargetOrWithNobody_isNothing() {
        TestClient client = join();
        TestClient other = join();
        other.hangUp();
        joined(client, client);
        joined(client, other);
        online(client, "leave", "User(" + other.id() + ") leaved.");

        assertThat(client.answer("exchange", null)).isNull();
        assertThat(client.answer("exchange", "text")).isNull();
        assertThat(client.answer("exchange", new JsonObject().put("payload", 1)))
                .isNull();
        for (String nobody : List.of("", "nobody", "open", "$x", "x".repeat(200), other.id())) {
            assertThat(client.answer("exchange", exchange(nobody, 1)))
                    .as(nobody)
                    .isNull();
        }
        assertThat(client.refusal("exchange", new JsonObject().put("target", 5)).getString("code"))
                .isEqualTo("INVALID_DATA");
        assertThat(server.heardBy(client, NAMESPACE, client.id())).isEmpty();
        assertThat(client.heard("error")).isEmpty();
    }

    @Test
    void room_thatIsNone_isDenied() {
        TestClient member = join();
        joined(member, member);
        for (String query : List.of("", "?room=another")) {
            TestClient denied = clients.connect(transport, NAMESPACE, query);
            denied.next("open");

            JsonObject deny = (JsonObject) denied.data(denied.id());
            assertThat(deny.getJsonObject("data"))
                    .isEqualTo(new JsonObject()
                            .put("action", "deny")
                            .put(
                                    "payload",
                                    new JsonObject()
                                            .put("type", "deleted")
                                            .put("message", "deleted, room has been deleted.")));
            assertThat(deny.getJsonObject("meta").fieldNames()).containsExactly("timestamp");
            denied.assertEnds(CloseReason.KICKED);
        }

        TestClient late = join();

        assertThat(joined(member, late)).containsExactlyElementsOf(ids(member, late));
    }
}
