package dev.switchboard.bench;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Measures what it costs that clients may come back: rooms with and without {@code resume} beside each other, on one node and
 * on two; and how soon a client that comes back has what it missed. After a build:
 *
 * <pre>
 *   java -Xmx2g -Dswitchboard.log=error -Djava.util.concurrent.ForkJoinPool.common.parallelism=2 \
 *       -cp target/switchboard.jar:target/test-classes dev.switchboard.bench.ResumeCost
 * </pre>
 *
 * <p>Nodes and clients share this JVM. Rounds go through both namespaces in turn; compare only what one run says.
 */
final class ResumeCost {
    private static final List<String> NAMESPACES = List.of("/plain", "/kept");
    private static final int ROUNDS = 5;
    private static final int ALONE = 2_000;
    private static final int MANY = 40_000;
    private static final int MISSED = 1_000;
    private static final int RETURNS = 20;

    /** In a room; one of them is measured. */
    private static final int[] MEMBERS = {1, 20};

    private static final JsonObject CONFIGURATION = new JsonObject("""
            { "http": { "port": 0, "instances": 1 },
              "namespaces": { "/plain": { "auth": "none" }, "/kept": { "auth": "none", "resume": { "bytes": "8MiB" } } } }
            """);

    private ResumeCost() {}

    private static final class Joins extends EventVerticle {
        private final String namespace;

        Joins(String namespace) {
            this.namespace = namespace;
        }

        @Override
        protected String namespaceName() {
            return namespace;
        }

        @Override
        protected void events(Events on) {
            on.event("join", (socket, data) -> socket.join(data.string()));
        }
    }

    public static void main(String[] args) throws InterruptedException {
        Vertx outside = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        WebSocketClient client = outside.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(100));
        try {
            for (int nodes : new int[] {1, 2}) {
                try (CostCluster cluster = CostCluster.serving(nodes, CONFIGURATION)) {
                    for (String namespace : NAMESPACES) {
                        cluster.first()
                                .vertx()
                                .deployVerticle(new Joins(namespace))
                                .await();
                    }
                    for (int members : MEMBERS) {
                        rooms(cluster, client, members);
                    }
                    returns(cluster, client);
                }
            }
        } finally {
            outside.close().await();
        }
    }

    private static void rooms(CostCluster cluster, WebSocketClient outside, int members) {
        String room = "room of " + members;
        CostClient[] clients = new CostClient[NAMESPACES.size()];
        for (int n = 0; n < clients.length; n++) {
            String namespace = NAMESPACES.get(n);
            for (int member = 0; member < members; member++) {
                CostClient client = CostClient.open(outside, cluster.last(), namespace + "/ws");
                cluster.first()
                        .namespace(namespace)
                        .socket(client.id())
                        .join(room)
                        .await();
                clients[n] = client;
            }
            stream(cluster, clients, n, room).run(MANY, 256);
        }
        Figures.title("A room of " + members + ", " + cluster.size()
                + (cluster.size() == 1 ? " node" : " nodes, emitted on one, received on the other"));
        Figures.header("under way", "a second, plain", "kept", "of the plain one", "median ms, plain", "kept");
        for (int window : new int[] {1, 16, 256, 1_024}) {
            double[][] rates = new double[clients.length][ROUNDS];
            double[][] times = new double[clients.length][ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                for (int n = 0; n < clients.length; n++) {
                    Stream.Result result = stream(cluster, clients, n, room).run(window == 1 ? ALONE : MANY, window);
                    rates[n][round] = result.perSecond();
                    times[n][round] = result.median();
                }
            }
            double plain = median(rates[0]);
            double kept = median(rates[1]);
            Figures.row(window, plain, kept, kept / plain, median(times[0]), median(times[1]));
        }
    }

    private static Stream stream(CostCluster cluster, CostClient[] clients, int n, String room) {
        return Stream.of(
                cluster.first(),
                clients[n],
                cluster.first().namespace(NAMESPACES.get(n)).room(room));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** From the first byte of the connection to the last event. */
    private static void returns(CostCluster cluster, WebSocketClient outside) throws InterruptedException {
        double[] millis = new double[RETURNS];
        AtomicReference<String> last = new AtomicReference<>("");
        AtomicReference<JsonObject> open = new AtomicReference<>(new JsonObject());
        WebSocket socket = connect(outside, cluster.last(), "/kept/ws", open, last, new CountDownLatch(0));
        Wait.until(() -> open.get().containsKey("id"));
        String id = open.get().getString("id");
        cluster.first().namespace("/kept").socket(id).join("missed").await();
        for (int n = 0; n < RETURNS; n++) {
            socket.close().await();
            for (int event = 0; event < MISSED; event++) {
                cluster.first().namespace("/kept").room("missed").emit("said", "x".repeat(100));
            }
            cluster.first()
                    .namespace("/kept")
                    .room("missed")
                    .emit("said", "last")
                    .await();
            CountDownLatch all = new CountDownLatch(MISSED + 1);
            JsonObject former = open.getAndSet(new JsonObject());
            JsonArray at = last.get().isEmpty() ? new JsonArray() : new JsonArray().add(last.get());
            long begun = System.nanoTime();
            socket = connect(outside, cluster.first(), "/kept/ws?resume=1", open, last, all);
            JsonObject resume = new JsonObject()
                    .put("id", id)
                    .put("key", former.getJsonObject("resume").getString("key"))
                    .put("at", at);
            socket.writeTextMessage(new JsonObject()
                    .put("event", "auth")
                    .put("data", new JsonObject().put("resume", resume))
                    .encode());
            if (!all.await(30, TimeUnit.SECONDS) || !open.get().getBoolean("resumed")) {
                throw new IllegalStateException(all.getCount() + " did not come; " + open.get());
            }
            millis[n] = Figures.millisSince(begun);
        }
        Arrays.sort(millis);
        Figures.title("A client that comes back and missed " + MISSED + " events of 100 bytes, " + cluster.size()
                + " node(s)");
        Figures.header("median ms until it has them", "worst of " + RETURNS);
        Figures.row(millis[RETURNS / 2], millis[RETURNS - 1]);
    }

    private static WebSocket connect(
            WebSocketClient outside,
            CostNode node,
            String path,
            AtomicReference<JsonObject> open,
            AtomicReference<String> last,
            CountDownLatch events) {
        WebSocket socket = outside.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(node.port())
                        .setURI(path))
                .map(connected -> connected.pause())
                .await();
        socket.textMessageHandler(text -> {
            if (text.startsWith("{\"event\":\"open\"")) {
                open.set(new JsonObject(text).getJsonObject("data"));
            } else if (text.startsWith("{\"event\":\"said\"")) {
                last.set(text.substring(text.indexOf("\"at\":\"") + 6, text.length() - 2));
                events.countDown();
            }
        });
        socket.resume();
        return socket;
    }
}
