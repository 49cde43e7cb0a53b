package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Users;
import dev.switchboard.token.Issuer;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an identity provider, whose public keys the server knows. */
@EveryTransport
@Tag("cluster")
class ForeignTokenIT {
    private static final Issuer RSA = Issuer.rsa("r1");
    private static final Issuer EC = Issuer.ec("e1", "secp256r1");

    @TempDir
    private static Path folder;

    private static Path keys;
    private static TestServer server;
    private static TokenRoute tokens;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    ForeignTokenIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() throws IOException {
        keys = Files.writeString(
                folder.resolve("jwks.json"), Issuer.keySet(RSA, EC).encode());
        server = TestServer.start(new JsonObject()
                .put("namespaces", new JsonObject().put("/", new JsonObject()))
                .put(
                        "token",
                        new JsonObject()
                                .put("jwks", keys.toString())
                                .put("issuer", "https://id.example.com")
                                .put("audience", "my-app")));
        tokens = new TokenRoute(server);
        server.handle(
                "/",
                1,
                ThreadingModel.WORKER,
                on -> on.event(
                        "who",
                        (socket, data) -> socket.user().id() + " "
                                + socket.user().name() + " " + socket.claims().getString("role")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonObject claims(String user, int seconds) {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", "https://id.example.com")
                .put("aud", "my-app")
                .put("sub", user)
                .put("preferred_username", "Name of " + user)
                .put("iat", now)
                .put("exp", now + seconds);
    }

    private TestClient open(String token) {
        return clients.open("/", Clients.query("token", token));
    }

    @Test
    void token_ofTheIssuer_opensAsItsUser() {
        for (Issuer issuer : List.of(RSA, EC)) {
            TestClient client = open(issuer.token(claims("ann", 60).put("role", "admin")));

            assertThat(client.answer("who", null)).isEqualTo("ann Name of ann admin");
        }
    }

    @Test
    void auth_withAFreshToken_movesTheEnd() {
        TestClient client = open(EC.token(claims("bea", 3)));

        client.answer(
                "auth",
                new JsonObject().put("token", RSA.token(claims("bea", 600).put("role", "boss"))));

        assertThat(client.answer("who", null)).isEqualTo("bea Name of bea boss");
        assertThat(client.refusal("auth", new JsonObject().put("token", RSA.token(claims("eve", 600))))
                        .getString("code"))
                .isEqualTo("INVALID_TOKEN");
        client.answer("auth", new JsonObject().put("token", EC.token(claims("bea", 2))));
        client.assertEnds(CloseReason.TOKEN_EXPIRED);
    }

    @Test
    void token_ofSomebodyElse_isRefused() {
        for (String token : List.of(
                Issuer.rsa("r1").token(claims("eve", 60)),
                Issuer.rsa("unknown").token(claims("eve", 60)),
                RSA.token(claims("eve", 60).put("aud", "switchboard")),
                RSA.token(claims("eve", 60).put("iss", "https://elsewhere.example.com")),
                Tokens.unsigned("eve"))) {
            clients.connect(Clients.query("token", token)).assertEnds(CloseReason.INVALID_USER);
        }
        clients.connect(Clients.query("token", RSA.token(claims("eve", -2)))).assertEnds(CloseReason.TOKEN_EXPIRED);
    }

    @Test
    void postToken_withAForeignToken_isForbidden() {
        String token = RSA.token(claims("cleo", 60));
        HttpResponse<String> answer = tokens.request("POST", Map.of("Authorization", "Bearer " + token), "");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("FOREIGN_TOKEN", "Only the issuer").doesNotContain(token);
    }

    @Test
    void revocation_ofAForeignToken_worksAsForOwnOnes() {
        String user = "dan " + transport;
        String token = RSA.token(claims(user, 60).put("jti", "t" + System.nanoTime()));
        String other = RSA.token(claims(user, 60).put("jti", "t" + System.nanoTime()));
        TestClient client = open(token);
        TestClient second = open(other);

        tokens.logOut(token);
        client.assertEnds(CloseReason.INVALID_USER);
        clients.connect(Clients.query("token", token)).assertEnds(CloseReason.INVALID_USER);
        assertThat(second.answer("who", null)).isEqualTo(user + " Name of " + user + " null");
        TestServer.await(Users.of(server.vertx()).logOut(user));
        second.assertEnds(CloseReason.INVALID_USER);
    }
}
