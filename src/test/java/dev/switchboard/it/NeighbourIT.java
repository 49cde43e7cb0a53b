package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client floods; another, on the same event loop, goes on, and the heap does not fill. */
@Tag("long")
class NeighbourIT {
    private static final int EVENTS = 100_000;
    private static final int BATCH = 100;
    private static final int QUESTIONS = 100;

    /** What a flood that waits may take; all of its events together would take some 30 MB. */
    private static final long MOST_BYTES = 12L << 20;

    private static TestServer server(String rates) {
        return TestServer.start(new JsonObject("{\"http\": {\"instances\": 1}, \"namespaces\":"
                + " {\"/\": {\"auth\": \"none\", \"rates\": " + rates + "}}}"));
    }

    /** Sends events of some 40 bytes as fast as the server takes them. */
    private static Thread flood(RawPeer noisy) {
        byte[] batch = RawPeer.frames(Collections.nCopies(BATCH, "{\"event\":\"noise\",\"data\":\"0123456789\"}")
                .toArray(new String[0]));
        Thread flood = new Thread(() -> {
            for (int n = 0; n < EVENTS / BATCH; n++) {
                noisy.send(batch);
            }
        });
        flood.start();
        return flood;
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void assertAnswers(TestClient quiet) {
        for (int n = 0; n < QUESTIONS; n++) {
            assertThat(quiet.answer("ask", n)).isEqualTo(n);
        }
    }

    @Test
    @Timeout(150)
    void flood_thatIsHandled_leavesAnotherItsAnswers() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        try (TestServer server = server("{}");
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);
                RawPeer noisy = RawPeer.open(server.port(), "/ws")) {
            server.handle(on -> on.event("ask", (socket, data) -> data)
                    .action("noise", (socket, data) -> handled.incrementAndGet()));
            TestClient quiet = clients.open();

            Thread flood = flood(noisy);
            assertAnswers(quiet);

            flood.join(Duration.ofSeconds(50).toMillis());
            noisy.patience(Duration.ofSeconds(50));
            noisy.text("{\"event\":\"ask\",\"id\":1}");
            assertThat(noisy.nextText()).contains("\"open\"");
            assertThat(noisy.nextText()).contains("\"ack\":1");
            assertThat(handled).hasValue(EVENTS);
        }
    }

    /** Its handler is stuck: what fits waits, the client is pushed back, and what it has not sent costs nothing. */
    @Test
    void flood_thatWaits_costsNoMoreThanItsQueue() throws Exception {
        Promise<Object> over = Promise.promise();
        try (TestServer server = server("{}");
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);
                RawPeer noisy = RawPeer.open(server.port(), "/ws")) {
            server.handle(on -> on.event("ask", (socket, data) -> data));
            server.handle(on -> on.event("noise", (socket, data) -> over.future()));
            TestClient quiet = clients.open();
            assertAnswers(quiet);
            long before = heap();

            Thread flood = flood(noisy);
            assertAnswers(quiet);

            assertThat(heap() - before).isLessThan(MOST_BYTES);
            assertThat(new Metrics(server.port()).value("switchboard_paused_reads_total"))
                    .isEqualTo(1);
            over.complete();
            flood.join(Duration.ofSeconds(40).toMillis());
            assertThat(flood.isAlive()).isFalse();
        }
    }

    @Test
    void flood_beyondItsRate_isEndedAndTheOtherGoesOn() throws Exception {
        try (TestServer server = server("{\"noise\": {\"socket\": \"1/h burst 100\"}}");
                Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);
                RawPeer noisy = RawPeer.open(server.port(), "/ws")) {
            server.handle(on -> on.event("ask", (socket, data) -> data).event("noise", (socket, data) -> data));
            TestClient quiet = clients.open();

            noisy.send(RawPeer.frames(Collections.nCopies(1_500, "{\"event\":\"noise\",\"data\":1}")
                    .toArray(new String[0])));
            assertAnswers(quiet);

            assertThat(noisy.awaitClose().code()).isEqualTo(4029);
            assertThat(new Metrics(server.port()).value("switchboard_rate_limited_total{by=\"socket\"}"))
                    .isBetween(1_001.0, 1_400.0);
        }
    }
}
