package dev.switchboard.bench;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Switchboard;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures what rates cost an event that is answered, and prints it as a table. After a build:
 *
 * <pre>
 *   java -Dswitchboard.log=error -cp target/switchboard.jar:target/test-classes dev.switchboard.bench.RateCost
 * </pre>
 *
 * <p>Server and clients share this JVM. Rounds go through all namespaces in turn; compare only what one run says.
 */
final class RateCost {
    private static final int CLIENTS = 50;
    private static final int EVENTS = 20_000;
    private static final int ROUNDS = 7;
    private static final int MOST_SECONDS = 120;

    /** The second has no rates either: what it differs by is chance. */
    private static final List<String> NAMESPACES = List.of("/plain", "/again", "/socket", "/all");

    private static final JsonObject CONFIGURATION = new JsonObject("""
            {
              "http": { "port": 0, "instances": 1 },
              "namespaces": {
                "/plain": { "auth": "none" },
                "/again": { "auth": "none" },
                "/socket": { "auth": "none", "rates": { "echo": { "socket": "1000000/s" } } },
                "/all": { "auth": "none", "rates": {
                  "*": { "socket": "1000000/s", "address": "1000000/s" },
                  "echo": { "socket": "1000000/s", "user": "1000000/s", "address": "1000000/s" } } }
              }
            }
            """);

    private RateCost() {}

    private static final class Echo extends EventVerticle {
        private final String namespace;

        Echo(String namespace) {
            this.namespace = namespace;
        }

        @Override
        protected String namespaceName() {
            return namespace;
        }

        @Override
        protected void events(Events on) {
            on.event("echo", (socket, data) -> data);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        Vertx outside = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            Switchboard server = new Switchboard();
            vertx.deployVerticle(server, new DeploymentOptions().setConfig(CONFIGURATION))
                    .await();
            for (String namespace : NAMESPACES) {
                vertx.deployVerticle(new Echo(namespace)).await();
            }
            measure(outside.createWebSocketClient(), server.port());
        } finally {
            outside.close().await();
            vertx.close().await();
        }
    }

    private static void measure(WebSocketClient outside, int port) throws InterruptedException {
        double[][] rates = new double[NAMESPACES.size()][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            for (int n = 0; n < NAMESPACES.size(); n++) {
                double rate = run(outside, port, NAMESPACES.get(n));
                if (round >= 0) {
                    rates[n][round] = rate;
                }
            }
        }
        Figures.title(CLIENTS + " clients, 16 events of each under way");
        Figures.header("namespace", "events a second, median", "of the plain one");
        double plain = median(rates[0]);
        for (int n = 0; n < NAMESPACES.size(); n++) {
            Figures.row(NAMESPACES.get(n), median(rates[n]), median(rates[n]) / plain);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double run(WebSocketClient outside, int port, String namespace) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(EVENTS);
        CountDownLatch answered = new CountDownLatch(EVENTS);
        List<WebSocket> clients = new ArrayList<>();
        for (int n = 0; n < CLIENTS; n++) {
            WebSocket client =
                    outside.connect(port, "127.0.0.1", namespace + "/ws").await();
            AtomicInteger ids = new AtomicInteger(16);
            client.textMessageHandler(text -> {
                if (text.startsWith("{\"ack\"")) {
                    answered.countDown();
                    ask(client, ids.incrementAndGet(), left);
                }
            });
            clients.add(client);
        }
        long begun = System.nanoTime();
        for (int id = 1; id <= 16; id++) {
            for (WebSocket client : clients) {
                ask(client, id, left);
            }
        }
        if (!answered.await(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(answered.getCount() + " events were not answered in " + namespace);
        }
        double rate = EVENTS / (Figures.millisSince(begun) / 1_000);
        clients.forEach(client -> client.close().await());
        return rate;
    }

    private static void ask(WebSocket client, int id, AtomicInteger left) {
        if (left.getAndDecrement() > 0) {
            client.writeTextMessage(
                    "{\"event\":\"echo\",\"data\":{\"text\":\"" + "x".repeat(100) + "\"},\"id\":" + id + "}");
        }
    }
}
