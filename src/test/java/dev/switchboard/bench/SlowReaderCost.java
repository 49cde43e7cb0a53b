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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/**
 * Measures broadcasts to readers that keep up: alone, beside others that read too, and beside as many that have stopped
 * reading, and prints it as a table. Whoever is in a namespace costs its share of each broadcast; who stops reading should
 * cost the others no more than who reads. With the classes or the jar of another version it measures how that treats those
 * that have stopped, in the same run. After a build:
 *
 * <pre>
 *   java -cp target/switchboard.jar:target/test-classes dev.switchboard.bench.SlowReaderCost [other.jar]
 * </pre>
 *
 * <p>Each server has a JVM with a heap of 512 MB. Rounds go through all of them in turn; compare only what one run says.
 */
final class SlowReaderCost {
    private static final int READERS = 100;
    private static final int OTHERS = Integer.getInteger("switchboard.bench.others", 1_000);
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

    /** @param cpuMillis of the server, for a thousand events */
    private record Figure(double perSecond, double cpuMillis, double median, double p99) {}

    /** A server, and who else listens there. */
    private record Case(String name, Process process, int port, List<SocketChannel> others) {
        static Case start(String name, String code, int others, boolean theyRead) throws IOException {
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
            List<SocketChannel> channels = new ArrayList<>();
            for (int n = 0; n < others; n++) {
                SocketChannel channel = SocketChannel.open();
                if (!theyRead) {
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
                }
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
                channels.add(channel);
            }
            if (theyRead) {
                read(channels);
            }
            return new Case(name, process, port, channels);
        }

        /** Reads all that they get, and throws it away. */
        private static void read(List<SocketChannel> channels) throws IOException {
            Selector selector = Selector.open();
            for (SocketChannel channel : channels) {
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
            }
            ByteBuffer bin = ByteBuffer.allocateDirect(1 << 16);
            Thread reader = new Thread(
                    () -> {
                        try {
                            while (true) {
                                selector.select(key -> read(key, bin));
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    "others that read");
            reader.setDaemon(true);
            reader.start();
        }

        private static void read(SelectionKey key, ByteBuffer bin) {
            try {
                bin.clear();
                if (((SocketChannel) key.channel()).read(bin) < 0) {
                    key.cancel();
                }
            } catch (IOException e) {
                key.cancel();
            }
        }

        double cpuMillis() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
        }

        void end() throws IOException {
            for (SocketChannel channel : others) {
                channel.close();
            }
            process.destroyForcibly();
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Vertx outside = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        List<Case> cases = new ArrayList<>();
        try {
            cases.add(Case.start("alone", "", 0, true));
            cases.add(Case.start(OTHERS + " more that read", "", OTHERS, true));
            cases.add(Case.start(OTHERS + " more that do not", "", OTHERS, false));
            for (String other : args) {
                cases.add(Case.start(other + ", " + OTHERS + " more that do not", other, OTHERS, false));
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
                Figure figure = run(outside, cases.get(n));
                if (round >= 0) {
                    figures[n][round] = figure;
                }
            }
        }
        Figures.title(READERS + " readers that read, " + PUBLISHERS + " publishers, " + SIZE + " bytes");
        Figures.header(
                "beside",
                "deliveries a second",
                "of the first",
                "server's CPU, ms for 1,000 events",
                "of the second's",
                "median, ms",
                "p99, ms");
        double first = median(Arrays.stream(figures[0]).mapToDouble(Figure::perSecond));
        double second = median(Arrays.stream(figures[1]).mapToDouble(Figure::cpuMillis));
        for (int n = 0; n < cases.size(); n++) {
            List<Figure> all = List.of(figures[n]);
            double rate = median(all.stream().mapToDouble(Figure::perSecond));
            double cpu = median(all.stream().mapToDouble(Figure::cpuMillis));
            Figures.row(
                    cases.get(n).name(),
                    rate,
                    rate / first,
                    cpu,
                    cpu / second,
                    median(all.stream().mapToDouble(Figure::median)),
                    median(all.stream().mapToDouble(Figure::p99)));
        }
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Figure run(WebSocketClient outside, Case measured) throws InterruptedException {
        int port = measured.port();
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
        double cpu = measured.cpuMillis();
        long begun = System.nanoTime();
        publishers.forEach(publisher -> say(publisher, 1, unsaid));
        if (!left.await(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(left.getCount() + " deliveries did not come");
        }
        double perSecond = nanos.length / (Figures.millisSince(begun) / 1_000);
        cpu = (measured.cpuMillis() - cpu) * 1_000 / EVENTS;
        sockets.addAll(publishers);
        sockets.forEach(socket -> socket.close().await());
        return new Figure(perSecond, cpu, Figures.median(nanos), Figures.p99(nanos));
    }

    private static void say(WebSocket publisher, int id, AtomicInteger unsaid) {
        if (unsaid.getAndDecrement() > 0) {
            publisher.writeTextMessage("{\"event\":\"say\",\"data\":\"t=" + System.nanoTime() + ";" + "x".repeat(SIZE)
                    + "\",\"id\":" + id + "}");
        }
    }
}
