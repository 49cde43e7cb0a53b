package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The example {@code egg-chat}: a room in {@code /}, and middleware around {@code /chat} and {@code /members}. */
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
class EggChatIT {
    private static final String AUTH = "auth!auth服务端发送的消息";
    private static final String PACKET = "packet!packet服务端发送的消息";
    private static final String CHAT = "chat服务端发送的消息";

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    EggChatIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = ExampleServer.start("egg-chat");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Those of the test before may be about to leave, some transports take their time. */
    @BeforeEach
    void awaitNobody() {
        TestServer.await(server.namespace("/").all().disconnect(CloseReason.KICKED));
        await().atMost(Inbox.DEADLINE)
                .until(() ->
                        TestServer.await(server.namespace("/").all().sockets()).isEmpty());
    }

    private TestClient openAs(String user) {
        return clients.open("/chat", Clients.query("token", Tokens.of(user)));
    }

    private static JsonObject welcome(TestClient client) {
        return new JsonObject().put("msg", "welcome").put("id", client.id());
    }

    private static HttpResponse<String> logIn(String name) {
        return HttpClients.request(
                "POST", server.nextUrl("/log-in"), "name=" + name, "Content-Type", "application/x-www-form-urlencoded");
    }

    @Test
    void chat_isAnsweredByBothMiddlewareAndTheController_inTheirOrder() {
        TestClient ann = openAs("ann");
        TestClient bob = openAs("bob");
        bob.answer("chat", "settled");

        assertThat(ann.answer("chat", "hello")).isEqualTo("Name of ann");

        for (TestClient each : List.of(ann, bob)) {
            assertThat(server.heardBy(each, "/chat", "res")).containsExactly(AUTH, PACKET, CHAT);
        }
        assertThat(new JsonObject(ann.inbox().all().get(0)).getString("event")).isEqualTo("open");
    }

    @Test
    void connection_ofNobody_isRefusedWithTheTextOfTheDocument() {
        assumeTrue(transport.tellsIds(), "the older protocol has only a text for why a client is refused");
        TestClient ann = openAs("ann");
        for (String namespace : List.of("/chat", "/members")) {
            clients.visit(namespace.equals("/chat") ? "" : "other=1");
            TestClient nobody = clients.connect(transport, namespace, "");

            JsonObject error = nobody.error();
            assertThat(error.getString("code")).isEqualTo("AUTH_FAILED");
            assertThat(error.getString("message")).isEqualTo("auth failed!");
            nobody.assertEnds(CloseReason.REFUSED.because("auth failed!"));
            assertThat(nobody.heard("res")).isEmpty();
        }
        clients.visit("");
        assertThat(ann.answer("chat", "alive")).isEqualTo("Name of ann");
    }

    @Test
    void connection_withASession_isLetIn() {
        String cookie = logIn("eve").headers().firstValue("Set-Cookie").orElseThrow();
        clients.visit(cookie.substring(0, cookie.indexOf(';')));
        TestClient eve = clients.open("/members", "");
        clients.visit("");

        assertThat(eve.answer("chat", "hello")).isEqualTo("eve");
        assertThat(server.heardBy(eve, "/members", "res")).containsExactly(AUTH, PACKET, CHAT);
    }

    @Test
    void packet_withAnUnwantedWord_isRefused() {
        TestClient ann = openAs("ann");

        JsonObject refusal = ann.refusal("chat", "buy spam");
        ann.emit("chat", new JsonObject().put("text", "more spam"));

        assertThat(refusal.getString("code")).isEqualTo("REFUSED");
        assertThat(refusal.getString("message")).isEqualTo("packet refused");
        assertThat(ann.error().getString("message")).isEqualTo("packet refused");
        assertThat(ann.answer("chat", "ham")).isEqualTo("Name of ann");
        assertThat(server.heardBy(ann, "/chat", "res")).containsExactly(AUTH, PACKET, PACKET, PACKET, CHAT);
    }

    @Test
    void room_welcomesTheNewcomerAndTellsTheOthers() {
        TestClient first = clients.open();
        TestClient second = clients.open();

        assertThat(server.heardBy(first, "/", "online")).containsExactly(welcome(first), welcome(second));
        assertThat(server.heardBy(second, "/", "online")).containsExactly(welcome(second));

        first.answer("say", "hi");

        assertThat(second.data("said")).isEqualTo("hi");
        assertThat(server.heardBy(first, "/", "said")).isEmpty();
    }

    @Test
    void routes_ofTheNamespaces_areTheirOwn() {
        TestClient root = clients.open();
        TestClient chat = openAs("ann");

        assertThat(root.refusal("chat", "hello").getString("code")).isEqualTo("UNKNOWN_EVENT");
        assertThat(chat.refusal("say", "hello").getString("code")).isEqualTo("UNKNOWN_EVENT");
        assertThat(server.heardBy(chat, "/chat", "online")).isEmpty();
        assertThat(server.heardBy(root, "/", "res")).isEmpty();
    }

    @Test
    void logIn_withoutAName_isRefused() {
        assertThat(logIn("").statusCode()).isEqualTo(400);
        assertThat(logIn("x".repeat(41)).statusCode()).isEqualTo(400);
    }
}
