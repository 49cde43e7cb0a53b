package dev.switchboard.bench;

import io.vertx.core.http.WebSocketClient;
import java.util.concurrent.atomic.AtomicInteger;

/** How long a join and an emit take, and how many events go from one node to another. */
final class Times {
    private static final int JOINS = 2_000;
    private static final int EMITS = 5_000;
    private static final int MANY = 40_000;

    private final CostCluster cluster;
    private final WebSocketClient outside;

    private Times(CostCluster cluster, WebSocketClient outside) {
        this.cluster = cluster;
        this.outside = outside;
    }

    static void header() {
        Figures.header("nodes", "what", "median ms", "p99 ms", "a second");
    }

    static void print(CostCluster cluster, WebSocketClient outside) {
        new Times(cluster, outside).print();
    }

    private void print() {
        joins();
        CostNode first = cluster.first();
        CostNode last = cluster.last();
        CostClient quiet = CostClient.open(outside, last, "/ws");
        CostClient busy = CostClient.open(outside, last, "/ws");
        first.namespace("/").socket(quiet.id()).join("quiet").await();
        first.namespace("/").socket(busy.id()).join("busy").await();

        stream(first, quiet, "quiet").run(EMITS, 1);
        stream(first, quiet, "quiet").run(MANY, 16);
        row("emit to receipt, idle", stream(first, quiet, "quiet").run(EMITS, 1));
        Stream load = stream(first, busy, "busy");
        load.start(Integer.MAX_VALUE / 16, 16);
        row(
                "emit to receipt, while another room has 16 under way",
                stream(first, quiet, "quiet").run(EMITS, 1));
        load.stop();
        for (int window : new int[] {1, 16, 256}) {
            row(
                    "deliveries of 100 bytes, " + window + " under way",
                    stream(first, quiet, "quiet").run(MANY, window));
        }
    }

    private static Stream stream(CostNode from, CostClient to, String room) {
        return Stream.of(from, to, from.namespace("/").room(room));
    }

    private void joins() {
        long[] nanos = new long[JOINS];
        AtomicInteger done = new AtomicInteger();
        CostNode first = cluster.first();
        first.vertx()
                .deployVerticle(new CostHandler(took -> nanos[done.getAndIncrement() % JOINS] = took))
                .await();
        // A socket may be in 1,000 rooms.
        for (int client = 0; client < 4; client++) {
            CostClient one = CostClient.open(outside, first, "/ws");
            for (int n = 0; n < JOINS / 2; n++) {
                int before = done.get();
                one.emit("join", "room " + client + " " + n);
                Wait.until(() -> done.get() > before);
            }
            one.close();
        }
        Figures.row(cluster.size(), "join, first of its node", Figures.median(nanos), Figures.p99(nanos), "");
    }

    private void row(String what, Stream.Result result) {
        Figures.row(cluster.size(), what, result.median(), result.p99(), result.perSecond());
    }
}
