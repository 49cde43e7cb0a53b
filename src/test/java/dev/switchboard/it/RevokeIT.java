package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Users;
import dev.switchboard.token.Revocation;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** One token, one log-in, or all of a user: over on every node within a second, and nothing else is. */
@EveryTransport
@Tag("cluster")
class RevokeIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @TempDir
    private static Path folder;

    private static TestServer server;
    private static TokenRoute tokens;

    @AutoClose
    private final Clients clients;

    private final Transport transport;
    private String user;

    RevokeIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(new JsonObject("""
                {"http": {"routes": "dev.switchboard.it.ShopRoutes"}, "namespaces": {"/": {}, "/js": {}}}"""));
        tokens = new TokenRoute(server);
        server.handle(
                "/",
                1,
                ThreadingModel.WORKER,
                on -> on.event("id", (socket, data) -> socket.user().id()).event("log out", (socket, data) -> {
                    socket.logOut(Revocation.Kind.named(data.string()));
                    return null;
                }));
        Path script = Files.writeString(folder.resolve("out.js"), """
                on.namespace('/js');
                on('log out', (socket, what) => { socket.logOut(what); });
                on('log out of', (socket, user) => users.logOut(user));
                """);
        TestServer.await(server.vertx().deployVerticle(script.toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        user = test.getDisplayName() + System.nanoTime();
    }

    private String logIn() {
        String body = new JsonObject().put("id", user).put("name", "Ann").encode();
        return new JsonObject(HttpClients.request("POST", server.url("/shop/token"), body)
                        .body())
                .getString("token");
    }

    private TestClient open(String token) {
        return clients.open("/", Clients.query("token", token));
    }

    /** One for each token; in a browser, which has six connections to a server, for the first alone. */
    private List<TestClient> openAll(String... all) {
        return Stream.of(all)
                .limit(transport.isForBrowsers() ? 1 : all.length)
                .map(this::open)
                .toList();
    }

    private static HttpResponse<String> refresh(String token) {
        return tokens.request("POST", Map.of("Authorization", "Bearer " + token), "");
    }

    private static void assertEndWithin(long began, List<TestClient> ended) {
        ended.forEach(client -> client.assertEnds(CloseReason.INVALID_USER));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
    }

    private void assertAlive(TestClient client) {
        assertThat(client.answer("id", null)).isEqualTo(user);
    }

    private void assertRefused(String token) {
        for (int node = 0; node < server.nodes(); node++) {
            clients.connect(Clients.query("token", token)).assertEnds(CloseReason.INVALID_USER);
        }
        assertThat(refresh(token).statusCode()).isEqualTo(401);
    }

    @Test
    void deleteToken_onlyThis_leavesItsSiblings() {
        String first = logIn();
        String second = new JsonObject(refresh(first).body()).getString("token");
        List<TestClient> ofFirst = openAll(first, first);
        TestClient ofSecond = open(second);
        TestClient renewed = open(first);
        renewed.answer("auth", new JsonObject().put("token", second));

        long began = System.nanoTime();
        assertThat(HttpClients.request("DELETE", server.url("/token?only=this"), "", "Authorization", "Bearer " + first)
                        .statusCode())
                .isEqualTo(204);

        assertEndWithin(began, ofFirst);
        assertAlive(ofSecond);
        assertAlive(renewed);
        assertRefused(first);
        assertThat(refresh(second).statusCode()).isEqualTo(200);
    }

    @Test
    void logOut_ofAUser_endsAllHeHasAndLetsHimComeBack() {
        for (Runnable way : Stream.<Runnable>of(
                        () -> TestServer.await(Users.of(server.vertx()).logOut(user)),
                        () -> TestServer.await(Users.of(server.stranger()).logOut(user)),
                        () -> server.verb("logOut", new JsonObject().put("to", new JsonObject().put("user", user))),
                        () -> HttpClients.request("DELETE", server.url("/shop/user"), user),
                        () -> open(logIn()).emit("log out", "user"),
                        () -> {
                            TestClient admin = clients.open("/js", Clients.query("token", Tokens.of("admin")));
                            admin.emit("log out of", user);
                        })
                .toList()) {
            String one = logIn();
            String other = new JsonObject(refresh(logIn()).body()).getString("token");
            List<TestClient> ended = openAll(one, one, other, other);
            TestClient stranger = clients.openAs("somebody else");

            way.run();

            long began = System.nanoTime();
            assertEndWithin(began, ended);
            stranger.settle();
            assertThat(stranger.isClosed()).isFalse();
            assertRefused(one);
            assertRefused(other);
            TestClient back = open(logIn());
            assertAlive(back);
            back.hangUp();
            stranger.hangUp();
        }
    }

    @Test
    void logOut_byAHandler_ofTheTokenOrTheLogIn() {
        for (String namespace : List.of("/", "/js")) {
            String token = logIn();
            String sibling = new JsonObject(refresh(token).body()).getString("token");
            TestClient client = clients.open(namespace, Clients.query("token", token));
            TestClient other = open(sibling);

            client.emit("log out", "token");
            client.assertEnds(CloseReason.INVALID_USER);
            assertAlive(other);
            TestClient second = clients.open(namespace, Clients.query("token", sibling));
            second.emit("log out", "login");

            second.assertEnds(CloseReason.INVALID_USER);
            other.assertEnds(CloseReason.INVALID_USER);
            assertRefused(sibling);
        }
    }

    @Test
    void logOut_byTheBusContract_ofASocket() {
        String token = logIn();
        TestClient client = open(token);
        JsonObject to = new JsonObject().put("socket", client.id());

        server.verb("logOut", new JsonObject().put("to", to).put("what", "token"));

        client.assertEnds(CloseReason.INVALID_USER);
        assertRefused(token);
        assertThat(TestServer.code(server.vertx()
                        .eventBus()
                        .request("switchboard.verbs", new JsonObject().put("verb", "logOut"))
                        .recover(cause -> Future.failedFuture(cause.getMessage()))))
                .contains("single socket");
    }
}
