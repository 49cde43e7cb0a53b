package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Member;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fresh token that says something else is what counts from the next event on, in every language and on every node. */
@EveryTransport
@Tag("cluster")
class RenewedTokenIT {
    @TempDir
    private static Path folder;

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    RenewedTokenIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    /** By the bus contract alone. */
    private static final class Plain extends VerticleBase {
        @Override
        public Future<?> start() {
            vertx.eventBus()
                    .<JsonObject>consumer(
                            "my.who",
                            message -> message.reply(who(message.body().getJsonObject("socket"))));
            JsonObject events = new JsonObject().put("/bus", new JsonArray().add("who"));
            return vertx.eventBus()
                    .request(
                            "switchboard.announce",
                            new JsonObject().put("address", "my.who").put("events", events));
        }

        private static String who(JsonObject socket) {
            return socket.getJsonObject("user").getString("name") + " "
                    + socket.getJsonObject("claims").getString("role");
        }
    }

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start("""
                {"/": {}, "/js": {}, "/bus": {},
                 "/held": {"handlerTimeout": "5s", "connectionMiddleware": ["dev.switchboard.it.HoldingMiddleware"]}}""");
        server.handle(
                "/",
                2,
                ThreadingModel.WORKER,
                on -> on.event(
                        "who",
                        (socket, data) ->
                                socket.user().name() + " " + socket.claims().getString("role")));
        Path script = Files.writeString(
                folder.resolve("who.js"),
                "on.namespace('/js'); on('who', (socket) => `${socket.user.name} ${socket.claims.role}`);");
        TestServer.await(server.vertx().deployVerticle(script.toString()));
        TestServer.await(server.vertx().deployVerticle(new Plain()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String token(String user, String name, String role) {
        return Tokens.sign(Tokens.claims(user).put("name", name).put("role", role), Tokens.KEY);
    }

    @Test
    void auth_withOtherClaims_isSeenAtTheNextEvent() {
        for (String namespace : List.of("/", "/js", "/bus")) {
            String user = "kim of " + transport + namespace;
            TestClient client = clients.open(namespace, Clients.query("token", token(user, "Kim", "guest")));
            server.assertSoon(
                    () -> assertThat(client.ack(client.ask("who", null)).getValue("data"))
                            .isEqualTo("Kim guest"));

            client.answer("auth", new JsonObject().put("token", token(user, "Kimberly", "admin")));

            assertThat(client.answer("who", null)).isEqualTo("Kimberly admin");
            List<Member> listed =
                    TestServer.await(server.namespace(namespace).user(user).sockets());
            assertThat(listed).containsExactly(new Member(client.id(), new User(user, "Kimberly")));
            assertThat(TestServer.await(server.namespace(namespace).user(user).users()))
                    .containsExactly(new User(user, "Kimberly"));
        }
    }

    @Test
    void expiry_ofASocketThatAMiddlewareHolds_endsIt() {
        TestClient held = clients.connect(
                transport,
                "/held",
                Clients.query("token", Tokens.until("lea", Instant.now().plusSeconds(2))));

        held.assertEnds(CloseReason.TOKEN_EXPIRED);
        assertThat(held.heard("open")).isEmpty();
    }

    @Test
    void expiry_movesWithEachRefresh() {
        Instant now = Instant.now();
        TestClient client = clients.open("/", Clients.query("token", Tokens.until("mia", now.plusSeconds(60))));

        client.answer("auth", new JsonObject().put("token", Tokens.until("mia", now.plusSeconds(600))));
        client.answer("auth", new JsonObject().put("token", Tokens.until("mia", now.plusSeconds(3))));

        client.assertEnds(CloseReason.TOKEN_EXPIRED);
        assertThat(Instant.now()).isBetween(now.plusSeconds(2), now.plusSeconds(8));
    }
}
