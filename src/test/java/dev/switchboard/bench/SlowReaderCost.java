package dev.switchboard.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/**
 * Measures broadcasts to readers that keep up, alone and beside others that have stopped reading, and prints it as a table.
 * With the classes or the jar of another version it measures that version in the same run. After a build:
 *
 * <pre>
 *   java -cp target/switchboard.jar:target/test-classes dev.switchboard.bench.SlowReaderCost [other.jar]
 * </pre>
 *
 * <p>Each server has a JVM with a heap of 512 MB. Rounds go through all of them in turn; compare only what one run says.
 */
final class SlowReaderCost {
    private static final int READERS = 100;
    private static final int STALLED = Integer.getInteger("switchboard.bench.stalled", 1_000);
    private static final int PUBLISHERS = 16;
    private static final int EVENTS = Integer.getInteger("switchboard.bench.events", 2_000);
    private static final int ROUNDS = Integer.getInteger("switchboard.bench.rounds", 5);
    private static final int SIZE = 100;
    private static final int MOST_SECONDS = 300;
    private static final String SERVER = "dev.switchboard.it.StallServer";
    private static final String REQUEST = String.join(
            "\r\n",
            "GET /sub/ws HTTP/1.1",
            "Host: x",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            "");

    private SlowReaderCost() {}

    private record Figure(double perSecond, double median, double p99) {}

    /** A server, with or without readers that do not read. */
    private record Case(String name, Process process, int port, List<Socket> stalled) {
        static Case start(String name, String code, int stalled) throws IOException {
            JsonObject configuration = new JsonObject("""
                    {"http": {"port": 0, "instances": 1},
                     "namespaces": {"/pub": {"auth": "none"}, "/sub": {"auth": "none"}}}""");
            String classPath = code + File.pathSeparator + System.getProperty("java.class.path");
            Process process = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-Xmx512m",
                            "-Dswitchboard.log=error",
                            "-cp",
                            classPath,
                            SERVER,
                            configuration.encode())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            while (line != null && !line.startsWith("port ")) {
                line = out.readLine();
            }
            int port = Integer.parseInt(String.valueOf(line).substring("port ".length()));
            List<Socket> sockets = new ArrayList<>();
            for (int n = 0; n < stalled; n++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                sockets.add(socket);
            }
            return new Case(name, process, port, sockets);
        }

        void end() throws IOException {
            for (Socket socket : stalled) {
                socket.close();
            }
            process.destroyForcibly();
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Vertx outside = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        List<Case> cases = new ArrayList<>();
        try {
            cases.add(Case.start("all read", "", 0));
            cases.add(Case.start(STALLED + " do not", "", STALLED));
            for (String other : args) {
                cases.add(Case.start(other + ", all read", other, 0));
            }
            measure(outside.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(1_000)), cases);
        } finally {
            for (Case one : cases) {
                one.end();
            }
            outside.close().await();
        }
    }

    private static void measure(WebSocketClient outside, List<Case> cases) throws InterruptedException {
        Figure[][] figures = new Figure[cases.size()][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            for (int n = 0; n < cases.size(); n++) {
                Figure figure = run(outside, cases.get(n).port());
                if (round >= 0) {
                    figures[n][round] = figure;
                }
            }
        }
        Figures.title(READERS + " readers that read, " + PUBLISHERS + " publishers, " + SIZE + " bytes");
        Figures.header("readers", "deliveries a second, median", "of the first", "median, ms", "p99, ms");
        double first = median(Arrays.stream(figures[0]).mapToDouble(Figure::perSecond));
        for (int n = 0; n < cases.size(); n++) {
            List<Figure> all = List.of(figures[n]);
            double rate = median(all.stream().mapToDouble(Figure::perSecond));
            Figures.row(
                    cases.get(n).name(),
                    rate,
                    rate / first,
                    median(all.stream().mapToDouble(Figure::median)),
                    median(all.stream().mapToDouble(Figure::p99)));
        }
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Figure run(WebSocketClient outside, int port) throws InterruptedException {
        long[] nanos = new long[EVENTS * READERS];
        AtomicInteger came = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(nanos.length);
        List<WebSocket> sockets = new ArrayList<>();
        for (int n = 0; n < READERS; n++) {
            WebSocket reader = outside.connect(port, "127.0.0.1", "/sub/ws").await();
            reader.textMessageHandler(text -> {
                int at = text.indexOf("t=");
                if (at > 0) {
                    long sent = Long.parseLong(text.substring(at + 2, text.indexOf(';', at)));
                    nanos[came.getAndIncrement()] = System.nanoTime() - sent;
                    left.countDown();
                }
            });
            sockets.add(reader);
        }
        AtomicInteger unsaid = new AtomicInteger(EVENTS);
        List<WebSocket> publishers = new ArrayList<>();
        for (int n = 0; n < PUBLISHERS; n++) {
            WebSocket publisher = outside.connect(port, "127.0.0.1", "/pub/ws").await();
            AtomicInteger ids = new AtomicInteger(1);
            publisher.textMessageHandler(text -> {
                if (text.startsWith("{\"ack\"")) {
                    say(publisher, ids.incrementAndGet(), unsaid);
                }
            });
            publishers.add(publisher);
        }
        long begun = System.nanoTime();
        publishers.forEach(publisher -> say(publisher, 1, unsaid));
        if (!left.await(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(left.getCount() + " deliveries did not come");
        }
        double perSecond = nanos.length / (Figures.millisSince(begun) / 1_000);
        sockets.addAll(publishers);
        sockets.forEach(socket -> socket.close().await());
        return new Figure(perSecond, Figures.median(nanos), Figures.p99(nanos));
    }

    private static void say(WebSocket publisher, int id, AtomicInteger unsaid) {
        if (unsaid.getAndDecrement() > 0) {
            publisher.writeTextMessage("{\"event\":\"say\",\"data\":\"t=" + System.nanoTime() + ";" + "x".repeat(SIZE)
                    + "\",\"id\":" + id + "}");
        }
    }
}
