package dev.switchboard.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/**
 * Measures what a cluster costs, and prints it as tables. After a build:
 *
 * <pre>
 *   java -Dswitchboard.log=warn -cp target/switchboard.jar:target/test-classes dev.switchboard.bench.ClusterCost
 * </pre>
 *
 * <p>Names of parts ({@code counts times lookups crowd hello}, and {@code huge}) choose some; all nodes are in this JVM, but for the one
 * that is killed. Compare only what one run says.
 */
final class ClusterCost {
    private static final int MOST_NODES = 3;
    private static final int MOST_CLIENTS = 2_000;

    private static final JsonObject CONFIGURATION = new JsonObject("""
            {
              "http": { "port": 0, "instances": 2 },
              "namespaces": {
                "/": { "auth": "none" },
                "/present": { "auth": "none", "presence": "all" }
              }
            }
            """);

    private ClusterCost() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> parts = args.length == 0 ? List.of("counts", "times", "lookups", "crowd", "hello") : List.of(args);
        Vertx outside = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            WebSocketClient clients =
                    outside.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(MOST_CLIENTS));
            measure(parts, clients);
        } finally {
            outside.close().await();
        }
    }

    private static void measure(List<String> parts, WebSocketClient clients) throws IOException, InterruptedException {
        if (parts.contains("counts")) {
            Figures.title("What one act costs");
            Counts.header();
            for (int nodes = 1; nodes <= MOST_NODES; nodes++) {
                try (CostCluster cluster = CostCluster.serving(nodes, CONFIGURATION)) {
                    Counts.print(cluster, clients);
                }
            }
        }
        if (parts.contains("times")) {
            Figures.title("How long it takes");
            Times.header();
            for (int nodes = 1; nodes <= MOST_NODES; nodes++) {
                try (CostCluster cluster = CostCluster.serving(nodes, CONFIGURATION)) {
                    Times.print(cluster, clients);
                }
            }
        }
        if (parts.contains("lookups")) {
            Figures.title("A room's nodes known, or looked up");
            try (CostCluster cluster = CostCluster.serving(MOST_NODES, CONFIGURATION)) {
                Lookups.print(cluster, clients);
            }
        }
        if (parts.contains("crowd")) {
            Figures.title("100,000 rooms and 100,000 users on three nodes");
            try (CostCluster cluster = CostCluster.serving(MOST_NODES, CONFIGURATION)) {
                Crowd.print(cluster);
            }
        }
        if (parts.contains("hello")) {
            Figures.title("A node comes to one that has everything");
            // The first warms up.
            Hello.print(1_000, 1_000, 10_000, 100_000, 100_000);
        }
        if (parts.contains("huge")) {
            Figures.title("The same, with far more");
            Hello.print(500_000, 1_000_000, 2_000_000);
        }
    }
}
