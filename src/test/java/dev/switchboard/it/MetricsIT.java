package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code /metrics} tells, and whom. */
class MetricsIT {
    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"namespaces": {"/": {"auth": "none"}}, "limits": {"badFrames": 2, "asks": 1, "rooms": 1}}"""));
        Duration limit = Duration.ofSeconds(15);
        server.handle(on -> on.event("echo", (socket, data) -> data)
                .event("join", (socket, data) -> socket.join(data.string()))
                .event(
                        "ask twice",
                        (socket, data) ->
                                Future.all(socket.ask("question", 1, limit), socket.ask("question", 2, limit))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> metrics(String... headers) {
        return HttpClients.request("GET", server.url("/metrics"), "", headers);
    }

    @Test
    void sockets_ofANamespace_areCounted() {
        Metrics metrics = new Metrics(server.port());
        String series = "switchboard_sockets{namespace=\"/\",transport=\"websocket\"}";
        double before = metrics.value(series);

        TestClient client = clients.open();
        assertThat(metrics.value(series)).isEqualTo(before + 1);

        client.hangUp();
        await().atMost(Inbox.DEADLINE).until(() -> metrics.value(series) == before);
    }

    @Test
    void client_thatSendsRubbish_isCountedByCode() {
        Metrics metrics = new Metrics(server.port());
        TestClient client = clients.open();

        client.send("rubbish", "rubbish", "rubbish");

        client.assertEnds(CloseReason.BAD_FRAMES);
        assertThat(metrics.value("switchboard_errors_total{code=\"BAD_FRAME\"}"))
                .isGreaterThanOrEqualTo(2);
        assertThat(metrics.value("switchboard_closed_sockets_total{code=\"4400\"}"))
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void socket_thatIsAskedTooMuchOrInTooManyRooms_isCounted() {
        Metrics metrics = new Metrics(server.port());
        TestClient client = clients.open();

        assertThat(client.refusal("ask twice", 0).getString("code")).isEqualTo("TOO_MANY_PENDING");
        client.ack(client.ask("join", "one"));
        assertThat(client.refusal("join", "two").getString("code")).isEqualTo("REFUSED");

        assertThat(metrics.value("switchboard_refused_asks_total")).isEqualTo(1);
        assertThat(metrics.value("switchboard_refused_joins_total")).isEqualTo(1);
    }

    @Test
    void reader_onLoopback_getsPrometheusText() {
        assertThat(metrics().statusCode()).isEqualTo(200);
        assertThat(metrics().headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(HttpClients.request("POST", server.url("/metrics"), "").statusCode())
                .isEqualTo(405);
    }

    @Test
    void reader_behindAProxyThatNobodyTrusts_getsNothing() {
        for (String header : new String[] {"X-Forwarded-For", "Forwarded", "X-Forwarded-Proto"}) {
            assertThat(metrics(header, "10.0.0.1").statusCode()).as(header).isEqualTo(404);
        }
    }

    @Test
    void reader_behindATrustedProxy_isKnownByItsOwnAddress() {
        try (TestServer behind = TestServer.start(new JsonObject("""
                {"http": {"metrics": ["10.0.0.0/8"], "trustedProxies": ["127.0.0.1"]}}"""))) {
            for (String[] seen : new String[][] {{"10.0.0.1", "200"}, {"192.168.0.1", "404"}, {"unknown", "404"}}) {
                assertThat(HttpClients.request("GET", behind.url("/metrics"), "", "X-Forwarded-For", seen[0])
                                .statusCode())
                        .as(seen[0])
                        .isEqualTo(Integer.parseInt(seen[1]));
            }
        }
    }

    @Test
    void reader_whoseAddressIsNotNamed_getsNothing() {
        try (TestServer closed = TestServer.start(new JsonObject("{\"http\": {\"metrics\": [\"10.0.0.0/8\"]}}"))) {
            assertThat(HttpClients.request("GET", closed.url("/metrics"), "").statusCode())
                    .isEqualTo(404);
        }
    }
}
