package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.bus.Peers;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is behind the admin page: who may ask, what is answered, and what it does to sockets, near and far. */
class AdminIT {
    private static final String ADMIN = token(new JsonArray().add("editor").add("admin"), Tokens.KEY);

    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"admin": {"role": "admin"}, "namespaces": {"/": {"rates": {"echo": {"socket": "100/s"}}}}}"""));
        server.handle(on ->
                on.event("echo", (socket, data) -> data).event("join", (socket, data) -> socket.join(data.string())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static String token(Object roles, String key) {
        return Tokens.sign(Tokens.claims("root").put("role", roles), key);
    }

    private static HttpResponse<String> request(String method, String path, String body, String token) {
        return HttpClients.request(method, server.url("/admin" + path), body, "Authorization", "Bearer " + token);
    }

    private static JsonObject find(String what, String name) {
        JsonObject question =
                new JsonObject().put("namespace", "/").put("what", what).put("name", name);
        HttpResponse<String> answer = request("POST", "/find", question.encode(), ADMIN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static int act(JsonObject order) {
        return request("POST", "/act", order.put("namespace", "/").encode(), ADMIN)
                .statusCode();
    }

    static Stream<String> tokensWithoutTheRole() {
        return Stream.of(
                Tokens.of("ann"),
                token("user", Tokens.KEY),
                token(new JsonArray().add("administrator"), Tokens.KEY),
                token(new JsonObject().put("admin", true), Tokens.KEY));
    }

    @ParameterizedTest
    @MethodSource("tokensWithoutTheRole")
    void user_withoutTheRole_seesAndDoesNothing(String token) {
        TestClient ann = clients.openAs("ann");
        JsonObject kick =
                new JsonObject().put("do", "kick").put("namespace", "/").put("user", "ann");

        for (HttpResponse<String> answer : List.of(
                request("GET", "/state", "", token),
                request("POST", "/find", "{\"namespace\":\"/\",\"what\":\"all\"}", token),
                request(
                        "POST",
                        "/follow",
                        kick.put("socket", ann.id()).put("follower", "f").encode(),
                        token),
                request("POST", "/act", kick.encode(), token))) {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("ann", "nodes", "switchboard");
        }
        ann.settle();
    }

    @Test
    void request_withoutAGoodToken_isRefused() {
        String forged = token("admin", "another key, of more than thirty-two bytes");
        String expired = Tokens.sign(
                Tokens.claims("root")
                        .put("role", "admin")
                        .put("exp", Instant.now().minusSeconds(5).getEpochSecond()),
                Tokens.KEY);
        for (String token : List.of("", "x", forged, expired, Tokens.unsigned("root"))) {
            assertThat(request("GET", "/state", "", token).statusCode())
                    .as(token)
                    .isEqualTo(401);
        }
        assertThat(HttpClients.request("GET", server.url("/admin/state?token=" + ADMIN), "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(HttpClients.request("GET", server.url("/admin/state"), "", "Cookie", "token=" + ADMIN)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void page_ofAnotherAddressOrOfNobody_isNotThere() {
        assertThat(HttpClients.request("GET", server.url("/admin/"), "", "X-Forwarded-For", "10.0.0.1")
                        .statusCode())
                .isEqualTo(404);
        try (TestServer without = TestServer.open()) {
            for (String path : List.of("/admin", "/admin/", "/admin/state", "/admin/admin.js")) {
                assertThat(HttpClients.request("GET", without.url(path), "").statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void page_isLockedIn() {
        HttpResponse<String> page = HttpClients.request("GET", server.url("/admin/"), "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(HttpClients.request("GET", server.url("/admin/absent.js"), "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(HttpClients.request("POST", server.url("/admin/"), "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void state_tellsOfEveryNode() {
        TestClient ann = clients.openAs("ann");
        ann.ack(ann.ask("echo", 1));

        JsonObject[] state = new JsonObject[1];
        await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
            HttpResponse<String> answer = request("GET", "/state", "", ADMIN);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            state[0] = new JsonObject(answer.body());
            assertThat(events(state[0])).isPositive();
        });

        assertThat(state[0].getJsonArray("nodes")).hasSize(server.nodes());
        assertThat(state[0].getJsonArray("namespaces")).containsExactly("/");
        assertThat(state[0].getJsonArray("handlers").encode()).contains("echo");
    }

    private static double events(JsonObject state) {
        return state.getJsonArray("nodes").stream()
                .map(node -> ((JsonObject) node).getJsonObject("meters", new JsonObject()))
                .flatMap(meters -> meters.getJsonArray("switchboard_events_in", new JsonArray()).stream())
                .mapToDouble(one -> ((JsonObject) one).getDouble("value"))
                .sum();
    }

    @Test
    void find_usersRoomsAndSockets_onAllNodes() {
        TestClient ben = clients.openAs("ben");
        TestClient again = clients.openAs("ben");
        ben.ack(ben.ask("join", "attic"));

        JsonObject found = find("user", "ben");
        assertThat(found.getInteger("all")).isEqualTo(2);
        assertThat(found.getJsonArray("sockets").stream().map(one -> ((JsonObject) one).getString("id")))
                .containsExactlyInAnyOrder(ben.id(), again.id());
        JsonObject one = find("socket", ben.id()).getJsonArray("sockets").getJsonObject(0);
        assertThat(one.getString("name")).isEqualTo("Name of ben");
        assertThat(one.getJsonArray("rooms")).containsExactly("attic");
        assertThat(find("room", "attic").getInteger("all")).isEqualTo(1);
        assertThat(find("rooms", "att").getJsonArray("rooms")).containsExactly("attic");
        assertThat(find("socket", "nobody's").getInteger("all")).isZero();
        assertThat(request("POST", "/find", "{\"namespace\":\"/\",\"what\":\"?\"}", ADMIN)
                        .statusCode())
                .isEqualTo(409);
        assertThat(request("POST", "/find", "[", ADMIN).statusCode()).isEqualTo(400);
    }

    /** Ids of sockets that may come back at another node say nothing of one. */
    @Test
    @Tag("cluster")
    void find_tellsTheNodeOfEachSocket() {
        JsonObject config = new JsonObject("""
                {"admin": {"role": "admin"}, "namespaces": {"/": {}, "/lasting": {"resume": {}}}}""");
        try (TestServer nodes = TestServer.start(config);
                Clients all = new Clients(nodes, Transport.JDK_WEBSOCKET)) {
            for (String namespace : List.of("/", "/lasting")) {
                for (int n = 0; n < nodes.nodes(); n++) {
                    String id = all.open(namespace, Clients.query("token", Tokens.of("eve")))
                            .id();
                    assertThat(nodeOf(nodes, namespace, id))
                            .as("%s, node %d", namespace, n)
                            .isEqualTo(Peers.of(nodes.vertx(n)).self());
                }
            }
        }
    }

    private static String nodeOf(TestServer nodes, String namespace, String socket) {
        String question = new JsonObject()
                .put("namespace", namespace)
                .put("what", "socket")
                .put("name", socket)
                .encode();
        String found = HttpClients.request(
                        "POST", nodes.url("/admin/find"), question, "Authorization", "Bearer " + ADMIN)
                .body();
        return new JsonObject(found).getJsonArray("sockets").getJsonObject(0).getString("node");
    }

    @Test
    void act_kickMoveAndNotice_reachSockets() {
        TestClient cat = clients.openAs("cat");
        TestClient dog = clients.openAs("dog");

        assertThat(act(new JsonObject().put("do", "join").put("user", "dog").put("room", "yard")))
                .isEqualTo(200);
        assertThat(find("room", "yard").getInteger("all")).isEqualTo(1);
        assertThat(act(new JsonObject().put("do", "notice").put("room", "yard").put("text", "<b>rain</b>")))
                .isEqualTo(200);
        assertThat(dog.data("notice")).isEqualTo(new JsonObject().put("text", "<b>rain</b>"));
        assertThat(act(new JsonObject().put("do", "kick").put("socket", cat.id())))
                .isEqualTo(200);
        cat.assertEnds(CloseReason.KICKED);
        assertThat(act(new JsonObject().put("do", "log-out").put("user", "dog")))
                .isEqualTo(200);
        dog.assertEnds(CloseReason.INVALID_USER);
        assertThat(act(new JsonObject().put("do", "kick"))).isEqualTo(409);
        assertThat(act(new JsonObject().put("do", "drain").put("node", "no node's")))
                .isEqualTo(409);
    }
}
