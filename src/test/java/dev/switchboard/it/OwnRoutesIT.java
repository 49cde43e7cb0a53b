package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.Door;
import dev.switchboard.HttpRoutes;
import dev.switchboard.Switchboard;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application's own HTTP routes, on the port of the sockets. */
class OwnRoutesIT {
    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    /** Needs something to be made. */
    public record NotMade(String what) implements HttpRoutes {
        @Override
        public void mount(Router router, Door door) {}
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"http": {"routes": [{"class": "dev.switchboard.it.ShopRoutes", "config": {"greeting": "good day"}}]},
                 "limits": {"message": "10KiB"},
                 "namespaces": {"/": {}}}"""));
        server.handle(on -> on.event(
                "who",
                (socket, data) -> socket.user().id() + " " + socket.claims().getString("role")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> request(String method, String path, String body) {
        return HttpClients.request(method, server.url(path), body);
    }

    private static String token(String user) {
        String body = new JsonObject().put("id", user).put("name", user).encode();
        return new JsonObject(request("POST", "/shop/token", body).body()).getString("token");
    }

    @Test
    void route_hasItsConfiguration() {
        assertThat(request("GET", "/shop/greeting", "").body()).isEqualTo("good day");
    }

    @Test
    void token_ofARoute_opensASocketAsItsUser() {
        TestClient client = clients.open("/", "?token=" + token("ann"));

        assertThat(client.answer("who", null)).isEqualTo("ann buyer");
    }

    @Test
    void token_revokedByARoute_endsItsSockets() {
        String token = token("bob");
        TestClient client = clients.open("/", "?token=" + token);

        assertThat(request("DELETE", "/shop/token", token).statusCode()).isEqualTo(200);

        client.assertEnds(CloseReason.INVALID_USER);
    }

    @Test
    void emit_inARoute_reachesTheSocketsOfThePort() {
        TestClient client = clients.open("/", "?token=" + token("eve"));

        assertThat(request("POST", "/shop/news?user=eve", "hello").statusCode()).isEqualTo(200);

        assertThat(client.data("news")).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/throws", "/shop/fails"})
    void fault_isAnsweredWithoutAStackTrace(String path) {
        HttpResponse<String> answer = request("GET", path, "");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("code"))
                .isEqualTo("INTERNAL_ERROR");
        assertThat(answer.body()).doesNotContain(ShopRoutes.SECRET, "Exception", "at dev.");
    }

    @Test
    void body_largerThanAMessage_isRefused() {
        assertThat(request("POST", "/shop/news?user=nobody", "x".repeat(10 * 1024))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> answer = request("POST", "/shop/news?user=nobody", "x".repeat(10 * 1024 + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("TOO_LARGE");
    }

    @Test
    void paths_ofTheServer_staySo() {
        assertThat(request("GET", "/health/live", "").body()).doesNotContain("taken");
        assertThat(request("GET", "/", "").body()).contains("<html");
        assertThat(request("GET", "/switchboard.js", "").statusCode()).isEqualTo(200);
        assertThat(request("GET", "/shop/nothing", "").statusCode()).isEqualTo(404);
        assertThat(request("POST", "/token", "{\"name\":\"ann\"}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "no.such.Class,there is no class",
        "java.lang.String,does not implement dev.switchboard.HttpRoutes",
        "dev.switchboard.HttpRoutes,must be public and not abstract",
        "dev.switchboard.it.OwnRoutesIT$NotMade,has no public constructor"
    })
    void start_withAClassThatHasNoRoutes_failsWithItsPath(String type, String fault) {
        JsonObject http = new JsonObject().put("port", 0).put("routes", new JsonArray().add(type));
        Vertx vertx = Vertx.vertx();
        try {
            assertThatThrownBy(() -> TestServer.await(vertx.deployVerticle(
                            new Switchboard(), new DeploymentOptions().setConfig(new JsonObject().put("http", http)))))
                    .hasStackTraceContaining("http.routes[0]: ")
                    .hasStackTraceContaining(fault);
        } finally {
            TestServer.await(vertx.close());
        }
    }
}
