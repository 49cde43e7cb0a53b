package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who comes in, and as whom. */
@EveryTransport
@Tag("smoke")
@Tag("cluster")
class TokenIT {

    /** What handlers ran, and for whom. */
    private static final Inbox<String> RAN = new Inbox<>();

    private static TestServer server;
    private static TokenRoute tokens;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    TokenIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"namespaces": {"/": {}, "/free": {"auth": "none"}}, "limits": {"handshake": "700ms"}}"""));
        tokens = new TokenRoute(server);
        for (String namespace : List.of("/", "/free")) {
            server.handle(
                    namespace,
                    1,
                    ThreadingModel.WORKER,
                    on -> on.open(socket -> {
                                RAN.add("open " + socket.user().id());
                                return null;
                            })
                            .event("who", (socket, data) -> socket.user().name())
                            .event("n", (socket, data) -> {
                                RAN.add("n " + data.value());
                                return data;
                            })
                            .event(
                                    "to user",
                                    (socket, data) ->
                                            socket.toUser(data.string()).emit("hit", "user")));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonObject auth(String token) {
        return TestClient.message("auth", new JsonObject().put("token", token));
    }

    /** The client is refused for this token, in the URL and in a message, and no handler runs. */
    private void assertRefused(String user, String token, CloseReason reason) {
        TestClient byUrl = clients.connect(Clients.query("token", token));
        byUrl.emit("n", "never");
        byUrl.assertEnds(reason);
        TestClient byMessage = clients.connect("");
        byMessage.send(auth(token).encode(), TestClient.message("n", "never").encode());
        byMessage.assertEnds(reason);

        assertThat(byUrl.heard("open")).isEmpty();
        assertThat(byMessage.heard("open")).isEmpty();
        awaitMarkers();
        assertThat(RAN.all()).doesNotContain("open " + user, "n never");
    }

    /** Whatever any node had for the handlers before has run then. */
    private void awaitMarkers() {
        for (TestClient marker : clients.openEverywhereAs("marker")) {
            marker.answer("n", "marker");
            RAN.next("the marker", ran -> ran.equals("n marker"));
        }
    }

    @Test
    void logIn_thenAuthMessage_opensAsThatUser() {
        JsonObject given = tokens.logIn("ann");
        TestClient client = clients.connect("");

        client.send(auth(given.getString("token")).encode());

        JsonObject user = client.next("open").getJsonObject("data").getJsonObject("user");
        assertThat(user).isEqualTo(given.getJsonObject("user"));
        assertThat(user.getString("name")).isEqualTo("ann");
        assertThat(user.getString("id")).isNotEqualTo("ann").hasSizeGreaterThan(15);
        assertThat(client.answer("who", null)).isEqualTo("ann");
    }

    @Test
    void logIn_thenTokenInTheUrl_opensAsThatUser() {
        JsonObject given = tokens.logIn("bob");

        TestClient client = clients.connect(Clients.query("token", given.getString("token")));

        assertThat(client.next("open").getJsonObject("data").getJsonObject("user"))
                .isEqualTo(given.getJsonObject("user"));
    }

    @Test
    void token_ofAnotherBackEnd_opens() {
        JsonObject least = new JsonObject()
                .put("sub", "ed")
                .put("aud", new JsonArray().add("other").add("switchboard"))
                .put("exp", Instant.now().plusSeconds(60).getEpochSecond());

        TestClient client = clients.connect(Clients.query("token", Tokens.sign(least, Tokens.KEY)));

        assertThat(client.next("open")
                        .getJsonObject("data")
                        .getJsonObject("user")
                        .getString("id"))
                .isEqualTo("ed");
    }

    @Test
    void firstMessage_thatIsNoAuth_isRefused() {
        TestClient client = clients.connect("");

        client.emit("n", "never");

        client.assertEnds(CloseReason.INVALID_USER);
        assertThat(client.inbox().all()).hasSize(1);
        awaitMarkers();
        assertThat(RAN.all()).doesNotContain("n never");
    }

    @Test
    void client_thatSaysNothing_isTimedOut() {
        TestClient client = clients.connect("");

        client.assertEnds(CloseReason.HANDSHAKE_TIMEOUT);
    }

    @Test
    void token_thatIsNone_isRefused() {
        assertRefused("eve", "no.token.atall", CloseReason.INVALID_USER);
    }

    @Test
    void token_ofAnotherKey_isRefused() {
        assertRefused(
                "eve",
                Tokens.sign(Tokens.claims("eve"), "another key, of more than thirty-two bytes"),
                CloseReason.INVALID_USER);
    }

    @Test
    void token_withoutSignature_isRefused() {
        assertRefused("eve", Tokens.unsigned("eve"), CloseReason.INVALID_USER);
    }

    @Test
    void token_forAnotherAudience_isRefused() {
        assertRefused(
                "eve", Tokens.sign(Tokens.claims("eve").put("aud", "others"), Tokens.KEY), CloseReason.INVALID_USER);
    }

    @Test
    void token_withoutAudience_isRefused() {
        JsonObject claims = Tokens.claims("eve");
        claims.remove("aud");

        assertRefused("eve", Tokens.sign(claims, Tokens.KEY), CloseReason.INVALID_USER);
    }

    @Test
    void token_thatWasRevoked_isRefused() {
        JsonObject given = tokens.logIn("carl");
        tokens.logOut(given.getString("token"));

        assertRefused(given.getJsonObject("user").getString("id"), given.getString("token"), CloseReason.INVALID_USER);
    }

    @Test
    void token_thatHasExpired_isRefused() {
        assertRefused("eve", Tokens.until("eve", Instant.now().minusSeconds(2)), CloseReason.TOKEN_EXPIRED);
    }

    @Test
    void token_thatIsBadWhereNoneIsNeeded_isRefused() {
        TestClient client = clients.connect(transport, "/free", "?token=bad");

        client.assertEnds(CloseReason.INVALID_USER);
    }

    @Test
    void events_sentBeforeOpen_waitAndRunInOrder() {
        for (String query : List.of("", Clients.query("token", Tokens.of("early")))) {
            TestClient client = clients.connect(query);
            List<String> messages = new ArrayList<>();
            if (query.isEmpty()) {
                messages.add(auth(Tokens.of("early")).encode());
            }
            IntStream.rangeClosed(1, 16)
                    .forEach(n ->
                            messages.add(TestClient.message("n", n).put("id", n).encode()));

            client.send(messages);

            assertThat(client.inbox().next()).contains("\"open\"");
            for (int n = 1; n <= 16; n++) {
                assertThat(new JsonObject(client.inbox().next()))
                        .isEqualTo(new JsonObject().put("ack", n).put("data", n));
            }
        }
    }
}
