package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.chaos.ChaosHandler;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that is frozen until the others hold it for dead, and then goes on as if nothing had been. */
@Timeout(120)
class PausedNodeIT {
    private static final int NODES = 3;
    private static final int CLIENTS = 40;
    private static final String LAST = "at last";
    private static final Duration NOTICED = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Clients> opened = new ArrayList<>();
    private ForkedCluster cluster;

    /** Where clients connect just now. */
    private ForkedNode door;

    @BeforeEach
    void start() throws IOException {
        cluster = new ForkedCluster(
                folder,
                Map.of(),
                NODES,
                Map.of(
                        "hazelcast.heartbeat.interval.seconds", 1,
                        "hazelcast.max.no.heartbeat.seconds", 5,
                        "hazelcast.merge.first.run.delay.seconds", 2,
                        "hazelcast.merge.next.run.delay.seconds", 2));
    }

    @AfterEach
    void stop() {
        opened.forEach(Clients::close);
        cluster.close();
    }

    private ForkedNode serve() throws IOException {
        JsonObject events = new JsonObject();
        List.of("join", "say").forEach(event -> events.put(event, ChaosHandler.class.getName()));
        JsonObject namespace = new JsonObject()
                .put("auth", "none")
                .put("resume", new JsonObject().put("nodes", 2))
                .put("events", events);
        return cluster.serve(new JsonObject()
                .put("http", new JsonObject().put("metrics", List.of("127.0.0.1")))
                .put("namespaces", new JsonObject().put("/", namespace)));
    }

    /** A client that connects, and comes back, wherever the door is then. */
    private Returning client() {
        Clients clients = new Clients(() -> door.port(), Transport.JDK_WEBSOCKET);
        opened.add(clients);
        return new Returning(clients, Transport.JDK_WEBSOCKET, "/").connect();
    }

    private double meter(ForkedNode node, String name) throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + node.port() + "/metrics");
        return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private void awaitNodes(ForkedNode node, int count) {
        await(count + " nodes").atMost(NOTICED).until(() -> meter(node, "switchboard_nodes ") == count);
    }

    private static JsonObject words(Object id) {
        return new JsonObject().put("room", "hall").put("id", id);
    }

    /** The clients have gone elsewhere and asked again; what they said lies in the buffers of the frozen node. */
    @Test
    void wake_ofANodeThatWasHeldForDead_runsNoEventThatAnotherHasRun() throws Exception {
        ForkedNode frozen = serve();
        ForkedNode other = serve();
        serve();
        awaitNodes(frozen, NODES);
        door = other;
        Returning hearer = client();
        hearer.client().answer("join", "hall");
        door = frozen;
        List<Returning> speakers =
                IntStream.range(0, CLIENTS).mapToObj(n -> client()).toList();

        frozen.pause();
        List<Integer> asked = IntStream.range(0, CLIENTS)
                .mapToObj(n -> speakers.get(n).client().ask("say", words(n)))
                .toList();
        awaitNodes(other, NODES - 1);
        door = other;
        for (int n = 0; n < CLIENTS; n++) {
            Returning speaker = speakers.get(n);
            assertThat(speaker.comeBack().getBoolean("resumed")).isTrue();
            speaker.client()
                    .send(TestClient.message("say", words(n))
                            .put("id", asked.get(n))
                            .encode());
            assertThat(speaker.client().ack(asked.get(n)).containsKey("error")).isFalse();
        }
        frozen.resume();
        awaitNodes(frozen, NODES);
        awaitNodes(other, NODES);
        await("the frozen node's clients are gone")
                .atMost(NOTICED)
                .until(() -> meter(frozen, "switchboard_sockets{") == 0);
        door = frozen;
        // It may send its clients away once more: it was in the smaller half.
        await("a client of the frozen node speaks")
                .atMost(NOTICED)
                .untilAsserted(() -> client().client().answer("say", words(LAST)));

        // The others send their clients round, too, once they know the frozen one again.
        door = other;
        List<Boolean> resumed = new ArrayList<>();
        await("it is heard").atMost(Inbox.DEADLINE).untilAsserted(() -> {
            if (hearer.client().isClosed()) {
                hearer.breakOff();
                resumed.add(hearer.comeBack().getBoolean("resumed"));
            }
            assertThat(heard(hearer)).contains(LAST);
        });
        assertThat(resumed).doesNotContain(false);
        assertThat(heard(hearer).stream().filter(said -> !said.equals(LAST)))
                .containsExactlyElementsOf(
                        IntStream.range(0, CLIENTS).mapToObj(n -> (Object) n).toList());
    }

    private static List<Object> heard(Returning client) {
        return client.heard("said").stream()
                .map(said -> ((JsonObject) said).getValue("id"))
                .toList();
    }
}
