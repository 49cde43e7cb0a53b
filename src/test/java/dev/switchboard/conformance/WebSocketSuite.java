package dev.switchboard.conformance;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Switchboard;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The Autobahn test suite against a Switchboard with an echo handler. {@code run.sh conformance} starts it from its
 * source, with the jar of the product on the class path and nothing else.
 *
 * <p>Arguments: the folder with the suite's jars, and the folder for reports. Prints how many cases passed, with
 * compression off and on, and which ones did more or less than that. The exit status is 0 when all passed.
 *
 * <p>The suite is a program for Jython, whose jar has an old Netty inside; so it runs in processes of its own, each with
 * a part of the cases.
 */
public final class WebSocketSuite {
    private static final String AGENT = "switchboard";
    private static final String LARGEST = "17MiB";
    private static final int CASES = 301;
    private static final long MINUTES = 15;

    /** Seconds in which no other case has begun. None takes so long: the suite has a time limit for whatever a server does. */
    private static final long SILENCE = 120;

    private static final int TRIES = 2;

    /** Seconds; the suite's own limits are made for a machine that does nothing else. */
    private static final int PATIENCE = 20;

    /**
     * Most cases of the first part wait for a time limit; those of the other keep the processor and the event loops busy
     * with messages of many megabytes, and begin when nobody waits any more.
     */
    private static final List<List<String>> PARTS =
            List.of(List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*"), List.of("9.*"));

    private static final String PROGRAM = "src/test/conformance/fuzzingclient.py";
    private static final Set<String> PASSED = Set.of("OK", "INFORMATIONAL");

    private final String name;
    private final String jars;
    private final Path reports;
    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private int port;

    private WebSocketSuite(String name, String jars, Path reports) {
        this.name = name;
        this.jars = jars;
        this.reports = reports;
    }

    /** A process of the suite. When it stands still it leaves its threads in a file, and begins anew, once. */
    private static final class Part {
        private final String jars;
        private final Path folder;
        private final Path specification;
        private Process process;
        private int tries;

        Part(String jars, Path folder, String url, List<String> cases) throws IOException {
            this.jars = jars;
            this.folder = Files.createDirectories(folder);
            this.specification = folder.resolve("specification.json");
            Files.writeString(specification, specify(url, cases).encodePrettily());
            this.process = fork();
        }

        private JsonObject specify(String url, List<String> cases) {
            return new JsonObject()
                    .put("outdir", folder.toString())
                    .put(
                            "options",
                            new JsonObject()
                                    .put("failByDrop", false)
                                    .put("openHandshakeTimeout", PATIENCE)
                                    .put("closeHandshakeTimeout", PATIENCE))
                    .put(
                            "servers",
                            new JsonArray()
                                    .add(new JsonObject().put("agent", AGENT).put("url", url)))
                    .put("cases", new JsonArray(cases))
                    .put("exclude-cases", new JsonArray())
                    .put("exclude-agent-cases", new JsonObject());
        }

        private Process fork() throws IOException {
            tries++;
            // Unbuffered, so that each case is in the file when it begins.
            return start(
                    output(),
                    program("java"),
                    "-Xmx1g",
                    "-cp",
                    jars,
                    "org.python.util.jython",
                    "-u",
                    PROGRAM,
                    specification.toString());
        }

        private Path output() {
            return folder.resolve("output" + tries + ".log");
        }

        /** Ends it if it has not ended by then. */
        void await(long end) throws IOException, InterruptedException {
            long size = 0;
            long progress = System.nanoTime();
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                long now = System.nanoTime();
                if (now > end) {
                    tellThreads("too late");
                    end();
                } else if (Files.size(output()) != size) {
                    size = Files.size(output());
                    progress = now;
                } else if (now - progress > TimeUnit.SECONDS.toNanos(SILENCE)) {
                    tellThreads("stands still");
                    end();
                    if (tries == TRIES) {
                        return;
                    }
                    process = fork();
                    progress = now;
                }
            }
        }

        private void tellThreads(String why) throws IOException, InterruptedException {
            List<String> said = Files.readAllLines(output());
            System.out.printf("The suite %s: %s%n  %s%n", why, folder, said.isEmpty() ? "" : said.get(said.size() - 1));
            for (long pid : new long[] {process.pid(), ProcessHandle.current().pid()}) {
                Path threads = folder.resolve("threads" + tries + "-" + pid + ".txt");
                start(threads, program("jcmd"), Long.toString(pid), "Thread.print")
                        .waitFor(30, TimeUnit.SECONDS);
            }
        }

        void end() {
            process.destroyForcibly();
        }

        private static Process start(Path output, String... command) throws IOException {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        }

        private static String program(String name) {
            return Path.of(System.getProperty("java.home"), "bin", name).toString();
        }
    }

    /** Sends back what comes. */
    private static final class Echo extends EventVerticle {
        @Override
        protected void events(Events on) {
            on.event("message", (socket, data) -> socket.emit("message", data));
        }
    }

    public static void main(String... arguments) throws Exception {
        File[] files = new File(arguments[0]).listFiles((folder, name) -> name.endsWith(".jar"));
        String jars = Arrays.stream(files == null ? new File[0] : files)
                .map(File::getPath)
                .collect(Collectors.joining(File.pathSeparator));
        Path reports = Path.of(arguments[1]);
        WebSocketSuite plain = new WebSocketSuite("Autobahn", jars, reports.resolve("plain"));
        WebSocketSuite compressed =
                new WebSocketSuite("Autobahn, with compression on", jars, reports.resolve("compression"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            plain.parts.forEach(Part::end);
            compressed.parts.forEach(Part::end);
        }));
        VertxOptions options = new VertxOptions().setPreferNativeTransport(true);
        Vertx vertx = Vertx.vertx(options);
        Vertx other = Vertx.vertx(options);
        try {
            plain.serve(vertx, false);
            compressed.serve(other, true);
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
            for (int part = 0; part < PARTS.size(); part++) {
                plain.start(part);
                compressed.start(part);
                plain.await(end);
                compressed.await(end);
            }
        } finally {
            await(Future.all(vertx.close(), other.close()));
        }
        boolean first = plain.tell();
        boolean second = compressed.tell();
        System.exit(first && second ? 0 : 1);
    }

    private void start(int number) throws IOException {
        parts.add(new Part(jars, part(number), "ws://127.0.0.1:" + port + "/ws", PARTS.get(number)));
    }

    private void await(long end) throws IOException, InterruptedException {
        for (Part part : parts) {
            part.await(end);
        }
    }

    private Path part(int number) {
        return reports.resolve("part" + number);
    }

    /** A server with larger limits than usual, since the suite sends messages of 16 MiB. */
    private void serve(Vertx vertx, boolean compression) throws Exception {
        JsonObject config = new JsonObject()
                .put("http", new JsonObject().put("port", 0).put("instances", 2).put("compression", compression))
                .put(
                        "limits",
                        new JsonObject()
                                .put("message", LARGEST)
                                .put("queue", LARGEST)
                                .put("outbox", "64MiB"))
                .put(
                        "namespaces",
                        new JsonObject()
                                .put("/", new JsonObject().put("auth", "none").put("dialect", "text")));
        Switchboard switchboard = new Switchboard();
        await(vertx.deployVerticle(switchboard, new DeploymentOptions().setConfig(config)));
        await(vertx.deployVerticle(Echo::new, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
        port = switchboard.port();
        warmUp(vertx);
    }

    /** The first case gives an answer one second, which a program that has just begun may not keep. */
    private void warmUp(Vertx vertx) throws Exception {
        WebSocketClient client = vertx.createWebSocketClient();
        WebSocket socket = await(client.connect(port, "127.0.0.1", "/ws"));
        for (int n = 0; n < 500; n++) {
            Promise<String> echo = Promise.promise();
            socket.textMessageHandler(echo::complete);
            socket.writeTextMessage("warming up");
            await(echo.future());
        }
        await(client.close());
    }

    /** Prints how it went, and writes it to a file; whether all passed. */
    private boolean tell() throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        for (int n = 0; n < PARTS.size(); n++) {
            collect(part(n).resolve("index.json"), found);
        }
        int all = found.values().stream().mapToInt(List::size).sum();
        int passed = found.entrySet().stream()
                .filter(cases -> PASSED.contains(cases.getKey()))
                .mapToInt(cases -> cases.getValue().size())
                .sum();
        int failed = Math.max(CASES, all) - passed;
        StringBuilder text = new StringBuilder("%s: %d passed, %d failed%n".formatted(name, passed, failed));
        found.forEach((behavior, cases) -> {
            if (!behavior.equals("OK")) {
                text.append("  %s: %s%n".formatted(behavior, String.join(", ", cases)));
            }
        });
        if (all < CASES) {
            text.append("  not run: %d; see %s%n".formatted(CASES - all, reports));
        }
        System.out.print(text);
        Files.writeString(reports.resolve("report.txt"), text);
        return failed == 0;
    }

    /** How each case behaved; its close counts as much as what came before. */
    private static void collect(Path index, Map<String, List<String>> found) throws IOException {
        if (!Files.exists(index)) {
            return;
        }
        JsonObject cases = new JsonObject(Files.readString(index)).getJsonObject(AGENT, new JsonObject());
        for (String id : cases.fieldNames()) {
            JsonObject one = cases.getJsonObject(id);
            String behavior = one.getString("behavior");
            String close = one.getString("behaviorClose");
            String worse = PASSED.contains(behavior) && !PASSED.contains(close) ? close : behavior;
            found.computeIfAbsent(worse, any -> new ArrayList<>()).add(id);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
