package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Events;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A visitor's HTTP session in requests and in events: what one writes, the other reads, whichever node it is on. */
@EveryTransport
@Tag("cluster")
class SessionIT {
    private static final String COOKIE = "sid";

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    SessionIT(Transport transport) {
        clients = new Clients(server, transport);
    }

    /** A handler in any language, which reads and writes by verbs. */
    private static final class Plain extends VerticleBase {
        @Override
        public Future<?> start() {
            vertx.eventBus().<JsonObject>consumer("my.session", this::take);
            JsonObject events =
                    new JsonObject().put("/", new JsonArray().add("json get").add("json put"));
            return vertx.eventBus()
                    .request(
                            "switchboard.announce",
                            new JsonObject().put("address", "my.session").put("events", events));
        }

        private void take(Message<JsonObject> event) {
            JsonObject socket = event.body().getJsonObject("socket");
            JsonObject verb = event.body()
                    .getJsonObject("data")
                    .copy()
                    .put("verb", event.body().getString("event").replace("json ", "session."))
                    .put("to", new JsonObject().put("socket", socket.getString("id")));
            assertThat(socket.encode()).doesNotContain("SessionId").doesNotContain(COOKIE + "=");
            vertx.eventBus()
                    .request("switchboard.verbs", verb)
                    .onSuccess(done -> event.reply(done.body()))
                    .onFailure(cause -> event.fail(1, cause.getMessage()));
        }
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"http": {"routes": "dev.switchboard.it.ShopRoutes", "session": {"cookie": "sid"}},
                 "namespaces": {"/": {"auth": "none", "session": true},
                                "/without": {"auth": "none"},
                                "/legacy": {"auth": "none", "cookies": true}}}"""));
        server.handle(SessionIT::events);
        server.handle("/without", 1, io.vertx.core.ThreadingModel.WORKER, SessionIT::events);
        server.handle("/legacy", 1, io.vertx.core.ThreadingModel.EVENT_LOOP, SessionIT::events);
        TestServer.await(server.vertx().deployVerticle(new Plain()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void events(Events on) {
        on.event("read", (socket, data) -> socket.session().get(data.string()))
                .event(
                        "write",
                        (socket, data) -> socket.session()
                                .put(data.string("name"), data.object().getValue("value")))
                .event("forget", (socket, data) -> socket.session().remove(data.string()))
                .event("cookie", (socket, data) -> socket.handshake().headers().get("cookie"));
    }

    @AfterEach
    void leave() {
        clients.visit("");
    }

    private static HttpResponse<String> http(int node, String method, String path, String cookie, String body) {
        return HttpClients.request(method, "http://127.0.0.1:" + server.port(node) + path, body, "Cookie", cookie);
    }

    private static int lastNode() {
        return server.nodes() - 1;
    }

    private static String value(Object value) {
        return new JsonObject().put("value", value).encode();
    }

    private static JsonObject write(String name, Object value) {
        return new JsonObject().put("name", name).put("value", value);
    }

    /** A visitor who has logged in; the session's cookie. */
    private static String logIn(String user) {
        HttpResponse<String> answer = http(0, "PUT", "/session/user", "other=1", value(user));
        assertThat(answer.statusCode()).isEqualTo(200);
        return cookie(answer);
    }

    private static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set)
                .startsWith(COOKIE + "=")
                .containsIgnoringCase("; HttpOnly")
                .contains("; SameSite=Lax")
                .doesNotContain("Secure");
        return set.substring(0, set.indexOf(';'));
    }

    private static Object requested(int node, String name, String cookie) {
        return new JsonObject(http(node, "GET", "/session/" + name, cookie, "").body()).getValue("value");
    }

    @Test
    void value_writtenByARequest_isReadByEvents() {
        String cookie = logIn("ann");
        clients.visit(cookie);
        TestClient client = clients.open();
        clients.visit(logIn("bob"));
        TestClient stranger = clients.open();

        assertThat(client.answer("read", "user")).isEqualTo("ann");
        assertThat(stranger.answer("read", "user")).isEqualTo("bob");
        http(lastNode(), "PUT", "/session/user", cookie, value(new JsonObject().put("name", "Ann")));
        assertThat(client.answer("read", "user")).isEqualTo(new JsonObject().put("name", "Ann"));
        assertThat(client.answer("read", "nothing")).isNull();
        assertThat(stranger.answer("read", "user")).isEqualTo("bob");
    }

    @Test
    void value_writtenByAnEvent_isReadByRequestsAndByOtherSockets() {
        String cookie = logIn("bob");
        clients.visit(cookie);
        TestClient one = clients.open();
        TestClient other = clients.open();

        for (Object value : List.of("text", 5, 1.5, true, new JsonObject().put("a", 1), new JsonArray().add(1))) {
            one.answer("write", write("v", value));
            assertThat(other.answer("read", "v")).isEqualTo(value);
            assertThat(requested(0, "v", cookie)).isEqualTo(value);
            assertThat(requested(lastNode(), "v", cookie)).isEqualTo(value);
        }
        other.answer("forget", "v");
        assertThat(one.answer("read", "v")).isNull();
        assertThat(requested(0, "v", cookie)).isNull();
        assertThat(requested(0, "user", cookie)).isEqualTo("bob");
    }

    @Test
    void values_writtenAtOnce_areAllThere() {
        String cookie = logIn("all");
        clients.visit(cookie);
        List<TestClient> sockets = List.of(clients.open(), clients.open());

        List<Integer> asked = IntStream.range(0, 8)
                .mapToObj(n -> sockets.get(n % 2).ask("write", write("n" + n, n)))
                .toList();
        IntStream.range(0, 8).forEach(n -> sockets.get(n % 2).ack(asked.get(n)));

        for (int n = 0; n < 8; n++) {
            assertThat(sockets.get(0).answer("read", "n" + n)).isEqualTo(n);
        }
    }

    @Test
    void session_thatWasDestroyed_isNoMore() {
        String cookie = logIn("eve");
        clients.visit(cookie);
        TestClient client = clients.open();
        assertThat(client.answer("read", "user")).isEqualTo("eve");

        http(0, "DELETE", "/session", cookie, "");

        assertThat(client.refusal("read", "user").getString("code")).isEqualTo("NO_SESSION");
        assertThat(client.refusal("write", write("user", "again")).getString("code"))
                .isEqualTo("NO_SESSION");
        assertThat(requested(0, "user", cookie)).isNull();
    }

    @Test
    void session_ofAnotherIdSince_isThatOfLaterSocketsOnly() {
        String cookie = logIn("eve");
        clients.visit(cookie);
        TestClient before = clients.open();

        clients.visit(cookie(http(0, "POST", "/session", cookie, "")));

        assertThat(clients.open().answer("read", "user")).isEqualTo("eve");
        assertThat(before.refusal("read", "user").getString("code")).isEqualTo("NO_SESSION");
    }

    @Test
    void page_beginsASession() {
        assertThat(http(0, "GET", "/switchboard.js", "a=1", "").headers().allValues("Set-Cookie"))
                .isEmpty();
        clients.visit(cookie(http(0, "GET", "/", "a=1", "")));
        TestClient client = clients.open();

        // In a cluster the session is stored while the page is on its way.
        Awaitility.await()
                .atMost(Inbox.DEADLINE)
                .until(() -> client.ack(client.ask("write", write("a", 1))), ack -> !ack.containsKey("error"));
        assertThat(client.answer("read", "a")).isEqualTo(1);
    }

    @Test
    void session_thatIsForgedOrOfAnotherNamespace_isNone() {
        clients.visit(COOKIE + "=0123456789abcdef0123456789abcdef");
        TestClient forger = clients.open();
        clients.visit(logIn("ann"));
        TestClient without = clients.open("/without", "");

        assertThat(forger.refusal("read", "user").getString("code")).isEqualTo("NO_SESSION");
        assertThat(forger.refusal("write", write("user", "me")).getString("code"))
                .isEqualTo("NO_SESSION");
        assertThat(without.refusal("read", "user").getString("code")).isEqualTo("NO_SESSION");
        assertThat(without.answer("cookie", null)).isNull();
    }

    @Test
    void session_byVerbs_isReadAndWritten() {
        String cookie = logIn("ann");
        clients.visit(cookie);
        TestClient client = clients.open();

        assertThat(client.answer("json get", write("user", null))).isEqualTo("ann");
        client.answer("json put", write("color", "red"));
        assertThat(client.answer("read", "color")).isEqualTo("red");
        assertThat(requested(lastNode(), "color", cookie)).isEqualTo("red");
        client.answer("json put", write("color", null));
        assertThat(client.answer("json get", write("color", null))).isNull();
        http(0, "DELETE", "/session", cookie, "");
        assertThat(client.refusal("json get", write("user", null)).getString("code"))
                .isEqualTo("NO_SESSION");
    }

    @Test
    void cookies_areSeenWhereTheNamespaceSaysSo_butNeverTheSessions() {
        clients.visit("name=eyJ0eXBlIjoi5ri45a6iIn0=");
        assertThat(clients.open("/legacy", "").answer("cookie", null)).isEqualTo("name=eyJ0eXBlIjoi5ri45a6iIn0=");
        assertThat(clients.open().answer("cookie", null)).isNull();

        clients.visit(logIn("ann"));
        assertThat(clients.open("/legacy", "").answer("cookie", null)).isNull();
    }
}
