package dev.switchboard.bench;

import dev.switchboard.Namespace;
import dev.switchboard.Switchboard;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures broadcasts of 2 KB to 1,000 receivers, with compression off and on, and prints it as a table. After a build:
 *
 * <pre>
 *   java -Dswitchboard.log=error -cp target/switchboard.jar:target/test-classes dev.switchboard.bench.CompressionCost
 * </pre>
 *
 * <p>Receivers only count bytes, in this JVM. Compare only what one run says.
 */
final class CompressionCost {
    private static final int RECEIVERS = 1_000;
    private static final int BROADCASTS = 200;
    private static final int ROUNDS = 5;
    private static final String UPGRADE = String.join(
            "\r\n",
            "GET /ws HTTP/1.1",
            "Host: x",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Extensions: permessage-deflate",
            "",
            "");

    private CompressionCost() {}

    private record Cost(double wall, double cpu, double bytes) {}

    public static void main(String[] args) {
        Cost plain = measure(false);
        Cost compressed = measure(true);
        Figures.title(BROADCASTS + " broadcasts of 2 KB to " + RECEIVERS + " receivers");
        Figures.header("", "off", "on", "on to off");
        Figures.row("ms, median", plain.wall, compressed.wall, compressed.wall / plain.wall);
        Figures.row("CPU of all, ms, median", plain.cpu, compressed.cpu, compressed.cpu / plain.cpu);
        Figures.row(
                "KB for each receiver", plain.bytes / 1_000, compressed.bytes / 1_000, compressed.bytes / plain.bytes);
    }

    private static Cost measure(boolean compression) {
        Vertx vertx = Vertx.vertx();
        Vertx outside = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            Switchboard server = new Switchboard();
            JsonObject http =
                    new JsonObject().put("port", 0).put("instances", 1).put("compression", compression);
            JsonObject namespaces = new JsonObject().put("/", new JsonObject().put("auth", "none"));
            JsonObject config = new JsonObject().put("http", http).put("namespaces", namespaces);
            vertx.deployVerticle(server, new DeploymentOptions().setConfig(config))
                    .await();
            AtomicLong received = new AtomicLong();
            connect(outside.createNetClient(), server.port(), received);
            return broadcast(Namespace.of(vertx, "/"), received);
        } finally {
            outside.close().await();
            vertx.close().await();
        }
    }

    private static void connect(NetClient client, int port, AtomicLong received) {
        for (int n = 0; n < RECEIVERS; n++) {
            NetSocket socket = client.connect(port, "127.0.0.1").await();
            socket.handler(bytes -> received.addAndGet(bytes.length()));
            socket.write(UPGRADE).await();
        }
        Wait.pause(2_000);
    }

    private static Cost broadcast(Namespace namespace, AtomicLong received) {
        JsonObject data = data();
        namespace.all().emit("news", data).await();
        Wait.pause(1_000);
        long before = received.get();
        namespace.all().emit("news", data).await();
        Wait.pause(1_000);
        long each = received.get() - before;
        long[] wall = new long[ROUNDS];
        long[] cpu = new long[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            long end = received.get() + each * BROADCASTS;
            long busy = cpu();
            long begun = System.nanoTime();
            for (int n = 0; n < BROADCASTS; n++) {
                namespace.all().emit("news", data).await();
            }
            Wait.until(() -> received.get() >= end);
            if (round >= 0) {
                wall[round] = System.nanoTime() - begun;
                cpu[round] = cpu() - busy;
            }
        }
        return new Cost(Figures.median(wall), Figures.median(cpu), (double) each * BROADCASTS / RECEIVERS);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Prices, as a market sends them. */
    private static JsonObject data() {
        List<Object> quotes = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            quotes.add(new JsonObject()
                    .put("symbol", "S" + n * 7919 % 1000)
                    .put("price", 100 + n * 31 % 977 / 10.0)
                    .put("volume", n * 104_729 % 100_000));
        }
        return new JsonObject().put("quotes", quotes);
    }
}
