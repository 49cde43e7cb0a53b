package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What comes in and is too much, over each transport: connections, and events that are too fast. */
@EveryTransport
class LimitsIT {
    private static TestServer full;
    private static TestServer crowded;
    private static TestServer personal;
    private static TestServer paced;

    private final Transport transport;

    LimitsIT(Transport transport) {
        this.transport = transport;
    }

    @BeforeAll
    static void start() {
        full = limited("{\"connections\": 2}");
        crowded = limited("{\"connectionsPerAddress\": 2}");
        personal = limited("{\"connectionsPerUser\": 1}");
        paced = TestServer.start(new JsonObject("""
                {"namespaces": {"/": {"auth": "none", "rates": {
                   "*": {"socket": "1/h burst 100"}, "say": {"socket": "1/h burst 3"}, "tell": {"user": "1/h burst 3"}}}},
                 "limits": {"refusals": "1/h burst 10", "auths": "1/h burst 2"}}"""));
        paced.handle(on -> on.event("say", (socket, data) -> data)
                .event("tell", (socket, data) -> data)
                .event("other", (socket, data) -> data));
    }

    private static TestServer limited(String limits) {
        return TestServer.start(new JsonObject()
                .put("namespaces", new JsonObject("{\"/\": {\"auth\": \"none\"}}"))
                .put("limits", new JsonObject(limits)));
    }

    @AfterAll
    static void stop() {
        List.of(full, crowded, personal, paced).forEach(TestServer::close);
    }

    private Clients clients(TestServer server) {
        return new Clients(server, transport);
    }

    /** The client is told, by whatever its transport has, and gets no socket. */
    private static void assertRefused(TestClient client, CloseReason reason) {
        Closed how = client.awaitClosed();
        assertThat(how).isEqualTo(new Closed(reason.code(), reason.text()));
        assertThat(client.heard("open")).isEmpty();
    }

    private static void awaitConnections(TestServer server, int count) {
        Metrics metrics = new Metrics(server.port());
        await().atMost(Inbox.DEADLINE).until(() -> metrics.value("switchboard_connections") == count);
    }

    private static double refused(TestServer server, String by) {
        return new Metrics(server.port()).value("switchboard_refused_connections_total{by=\"" + by + "\"}");
    }

    @Test
    void connection_whenTheNodeIsFull_isToldToComeLater() {
        awaitConnections(full, 0);
        double before = refused(full, "node");
        try (Clients clients = clients(full)) {
            TestClient first = clients.open();
            TestClient second = clients.open();
            assertRefused(clients.connect(""), CloseReason.TRY_AGAIN_LATER);
            assertRefused(clients.connect(""), CloseReason.TRY_AGAIN_LATER);
            assertThat(refused(full, "node")).isEqualTo(before + 2);

            first.hangUp();
            awaitConnections(full, 1);
            clients.open().settle();
            second.settle();
        }
        awaitConnections(full, 0);
    }

    @Test
    void connection_ofAnAddressWithTooMany_isRefused() {
        awaitConnections(crowded, 0);
        double before = refused(crowded, "address");
        try (Clients clients = clients(crowded)) {
            clients.open();
            clients.open();
            assertRefused(clients.connect(""), CloseReason.RATE_LIMITED);
            assertThat(refused(crowded, "address")).isEqualTo(before + 1);
        }
        awaitConnections(crowded, 0);
    }

    @Test
    void connection_ofAUserWithTooMany_isRefusedWhenTheTokenIsKnown() {
        awaitConnections(personal, 0);
        try (Clients clients = clients(personal)) {
            clients.openAs("ann");
            clients.openAs("bob");
            TestClient late = clients.connect(Clients.query("token", Tokens.of("ann")));
            late.assertEnds(CloseReason.RATE_LIMITED);
            assertThat(late.heard("open")).isEmpty();

            TestClient nobody = clients.open();
            nobody.send(TestClient.message("auth", new JsonObject().put("token", Tokens.of("ann")))
                    .encode());
            nobody.assertEnds(CloseReason.RATE_LIMITED);
        }
        awaitConnections(personal, 0);
    }

    /** Five too many for one socket; the others keep their order, and other events their own rate. */
    @Test
    void events_fasterThanTheirRate_areRefusedAndTheRestHandledInOrder() {
        try (Clients clients = clients(paced)) {
            TestClient client = clients.open();
            List<String> messages = new ArrayList<>();
            IntStream.rangeClosed(1, 8)
                    .forEach(n -> messages.add("{\"event\":\"say\",\"data\":" + n + ",\"id\":" + n + "}"));
            messages.add("{\"event\":\"other\",\"data\":9,\"id\":9}");

            client.send(messages);

            assertThat(client.ack(9).getInteger("data")).isEqualTo(9);
            for (int n = 1; n <= 3; n++) {
                assertThat(client.ack(n).getInteger("data")).isEqualTo(n);
            }
            for (int n = 4; n <= 8; n++) {
                JsonObject error = client.ack(n).getJsonObject("error");
                assertThat(error.getString("code")).isEqualTo("RATE_LIMITED");
                assertThat(error.getBoolean("retry")).isTrue();
                assertThat(error.getJsonObject("data").getLong("after")).isBetween(1_000L, 3_600_000L);
            }
        }
    }

    @Test
    void events_ofAUser_countTogetherOnAllSockets() {
        String token = Clients.query("token", Tokens.of("user of " + transport));
        try (Clients clients = clients(paced)) {
            TestClient first = clients.open("/", token);
            TestClient second = clients.open("/", token);
            assertThat(first.answer("tell", 1)).isEqualTo(1);
            assertThat(second.answer("tell", 2)).isEqualTo(2);
            assertThat(first.answer("tell", 3)).isEqualTo(3);

            assertThat(second.refusal("tell", 4).getString("code")).isEqualTo("RATE_LIMITED");
        }
    }

    @Test
    void socket_thatGoesOnTooFast_isClosed() {
        try (Clients clients = clients(paced)) {
            TestClient client = clients.open();

            client.send(IntStream.range(0, 3 + 10 + 1)
                    .mapToObj(n -> "{\"event\":\"say\",\"data\":" + n + "}")
                    .toList());

            client.assertEnds(CloseReason.RATE_LIMITED);
            assertThat(client.heard("error")).hasSize(10);
        }
    }

    @Test
    void tokens_fasterThanTheirRate_areNotLookedAt() {
        try (Clients clients = clients(paced)) {
            TestClient client = clients.openAs("cleo");
            JsonObject token = new JsonObject().put("token", Tokens.of("cleo"));

            client.answer("auth", token);
            client.answer("auth", token);

            JsonObject error = client.refusal("auth", token);
            assertThat(error.getString("code")).isEqualTo("RATE_LIMITED");
            assertThat(error.getJsonObject("data").getLong("after")).isPositive();
            client.settle();
        }
    }

    /** While the client owes an answer it is read: so many small events wait, and the others are refused. */
    @Test
    void events_moreThanMayWait_areRefusedHoweverSmall() {
        Promise<Object> over = Promise.promise();
        try (TestServer server = limited("{\"queueMessages\": 50, \"window\": 1}");
                Clients clients = clients(server)) {
            server.handle(on -> on.event("wait", (socket, data) -> {
                socket.ask("question", 1, Duration.ofSeconds(30));
                return over.future();
            }));
            TestClient client = clients.open();
            client.emit("wait");
            client.next("question");

            client.send(IntStream.rangeClosed(1, 200)
                    .mapToObj(n -> "{\"event\":\"wait\",\"id\":" + n + "}")
                    .toList());

            JsonObject last = client.ack(200);
            over.complete();
            assertThat(last.getJsonObject("error").getString("code")).isEqualTo("TOO_MANY_PENDING");
            assertThat(client.inbox().all().stream().filter(text -> text.contains("TOO_MANY_PENDING")))
                    .hasSizeBetween(149, 150);
        }
    }
}
