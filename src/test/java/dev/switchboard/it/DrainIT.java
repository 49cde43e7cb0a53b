package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.chaos.ChaosHandler;
import dev.switchboard.chaos.Crowd;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that go down while their clients go on. Each node is a JVM. */
@Timeout(150)
class DrainIT {
    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Clients> clients = new ArrayList<>();
    private ForkedCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new ForkedCluster(folder);
    }

    @AfterEach
    void stop() {
        clients.forEach(Clients::close);
        cluster.close();
    }

    private ForkedNode serve(int port, JsonObject drain) throws IOException {
        JsonObject events = new JsonObject();
        List.of("join", "say", "me", "close").forEach(event -> events.put(event, ChaosHandler.class.getName()));
        events.put("late", AnsweringVerticle.class.getName());
        return cluster.serveAt(
                port,
                new JsonObject()
                        .put("http", new JsonObject().put("drain", drain))
                        .put(
                                "namespaces",
                                new JsonObject()
                                        .put(
                                                "/",
                                                new JsonObject()
                                                        .put("auth", "none")
                                                        .put("resume", new JsonObject())
                                                        .put("events", events))));
    }

    private TestClient open(ForkedNode node) {
        Clients opened = new Clients(node, Transport.JDK_WEBSOCKET);
        clients.add(opened);
        return opened.open();
    }

    private int status(ForkedNode node, String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void drain_whileOff_isNotThere() throws Exception {
        ForkedNode node = serve(0, new JsonObject());
        assertThat(status(node, "POST", "/admin/drain")).isEqualTo(404);
        assertThat(status(node, "GET", "/health/ready")).isEqualTo(200);
    }

    @Test
    void drain_sendsClientsAwayWithWhenAndWhereAndEndsWith0() throws Exception {
        JsonObject from =
                new JsonObject().put("from", new JsonArray().add("127.0.0.1")).put("spread", "1s");
        ForkedNode node = serve(0, from);
        ForkedNode other = serve(0, new JsonObject().put("url", "https://other.example.org"));
        TestClient client = open(node);
        TestClient staying = open(other);
        assertThat(status(node, "GET", "/admin/drain")).isEqualTo(405);

        assertThat(status(node, "POST", "/admin/drain")).isEqualTo(202);

        JsonObject close = client.next("close").getJsonObject("data");
        assertThat(close.getInteger("code")).isEqualTo(1001);
        assertThat(close.getBoolean("reconnect")).isTrue();
        assertThat(close.getInteger("after")).isBetween(1, 1_001);
        assertThat(close.getString("url")).isEqualTo("https://other.example.org");
        assertThat(node.awaitExit()).isZero();
        staying.answer("join", "room");
    }

    @Test
    void terminate_waitsForHandlersAndEndsWith0() throws Exception {
        ForkedNode node = serve(0, new JsonObject());
        TestClient client = open(node);
        int id = client.ask("late", 1);
        client.next("begun");
        node.terminate();
        assertThat(client.ack(id).getValue("data")).isEqualTo(1);
        assertThat(node.awaitExit()).isZero();
    }

    /** Both nodes in turn, while clients of both say something all the time. */
    @Test
    void rollingRestart_losesNothing() throws Exception {
        List<ForkedNode> nodes = new ArrayList<>(List.of(serve(0, new JsonObject()), serve(0, new JsonObject())));
        List<String> urls =
                nodes.stream().map(node -> "http://127.0.0.1:" + node.port()).toList();
        try (Crowd crowd = new Crowd(urls, 40, 5, 300, 6_000)) {
            await().atMost(Inbox.DEADLINE).until(() -> crowd.confirmed() > 200);
            for (int n = 0; n < nodes.size(); n++) {
                ForkedNode leaving = nodes.get(n);
                leaving.terminate();
                assertThat(leaving.awaitExit()).isZero();
                long before = crowd.confirmed();
                await().atMost(Inbox.DEADLINE).until(() -> crowd.confirmed() > before + 50);
                nodes.set(n, serve(leaving.port(), new JsonObject()));
                long after = crowd.confirmed();
                await().atMost(Inbox.DEADLINE).until(() -> crowd.confirmed() > after + 100);
            }
            JsonObject sum = crowd.sum();
            assertThat(sum.getInteger("lost")).as(sum.encode()).isZero();
            assertThat(sum.getInteger("doubled")).as(sum.encode()).isZero();
            assertThat(sum.getInteger("reordered")).as(sum.encode()).isZero();
            assertThat(sum.getInteger("notResumed")).as(sum.encode()).isZero();
            assertThat(sum.getInteger("unconfirmed")).as(sum.encode()).isZero();
        }
    }
}
