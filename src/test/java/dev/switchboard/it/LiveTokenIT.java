package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens of sockets that are open: renewed, of others, at their end, revoked. */
@EveryTransport
@Tag("cluster")
class LiveTokenIT {
    private static TestServer server;
    private static TokenRoute tokens;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    LiveTokenIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.start("{\"/\": {}, \"/free\": {\"auth\": \"none\"}}");
        tokens = new TokenRoute(server);
        for (String namespace : List.of("/", "/free")) {
            server.handle(
                    namespace,
                    1,
                    ThreadingModel.WORKER,
                    on -> on.event("who", (socket, data) -> socket.user().name())
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

    @Test
    void auth_withAFreshToken_outlivesTheFirst() {
        Instant soon = Instant.now().plusSeconds(2);
        TestClient stale = clients.open("/", Clients.query("token", Tokens.until("dora", soon)));
        TestClient fresh = clients.open("/", Clients.query("token", Tokens.until("dora", soon)));

        Object answer = fresh.answer("auth", new JsonObject().put("token", Tokens.of("dora")));

        assertThat(((JsonObject) answer).getInteger("expires")).isBetween(3590, 3600);
        stale.assertEnds(CloseReason.TOKEN_EXPIRED);
        fresh.settle();
        assertThat(fresh.answer("who", null)).isEqualTo("Name of dora");
    }

    @Test
    void auth_withoutId_isNotAnswered() {
        TestClient client = clients.openAs("fred");

        client.send(auth(Tokens.of("fred")).encode());
        client.settle();

        assertThat(client.inbox().all()).hasSize(2);
    }

    @Test
    void auth_ofAnotherUser_isRefusedAndTheOldStays() {
        TestClient client = clients.openAs("gina");

        for (String token : List.of(
                Tokens.of("hugo"), "bad", Tokens.until("gina", Instant.now().minusSeconds(2)))) {
            assertThat(client.refusal("auth", new JsonObject().put("token", token))
                            .getString("code"))
                    .isEqualTo("INVALID_TOKEN");
        }
        client.send(auth(Tokens.of("hugo")).encode());

        assertThat(client.error().getString("code")).isEqualTo("INVALID_TOKEN");
        assertThat(client.answer("who", null)).isEqualTo("Name of gina");
    }

    @Test
    void auth_ofAnAnonymousSocket_givesItAUser() {
        TestClient client = clients.connect(transport, "/free", "");
        client.next("open");
        String user = "ida " + transport;

        client.answer("auth", new JsonObject().put("token", Tokens.of(user)));

        assertThat(client.answer("who", null)).isEqualTo("Name of " + user);
        client.emit("to user", user);
        assertThat(client.data("hit")).isEqualTo("user");
    }

    @Test
    void logOut_endsTheSocketsOfTheFamilyAlone() {
        String token = tokens.logIn("jane").getString("token");
        String refreshed = tokens.refresh(token).getString("token");
        TestClient first = clients.open("/", Clients.query("token", token));
        TestClient second = clients.open("/", Clients.query("token", refreshed));
        TestClient other =
                clients.open("/", Clients.query("token", tokens.logIn("jane").getString("token")));

        tokens.logOut(refreshed);

        first.assertEnds(CloseReason.INVALID_USER);
        second.assertEnds(CloseReason.INVALID_USER);
        assertThat(other.answer("who", null)).isEqualTo("jane");
        assertThat(tokens.request("POST", Map.of("Authorization", "Bearer " + token), "")
                        .statusCode())
                .isEqualTo(401);
    }
}
