package dev.switchboard.it;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.Switchboard;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;

/** The node of a {@link Soak}: serves, and counts what it has for each line that it reads. */
final class SoakNode {
    private static final Pattern LINE = Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +(\\S+)");

    /** What is counted: the live objects of these classes. */
    private static final Map<String, Pattern> COUNTED = Map.of(
            "sockets", Pattern.compile("dev\\.switchboard\\.socket\\.LiveSocket"),
            "SockJS sessions", Pattern.compile("dev\\.switchboard\\.transport\\.sockjs\\.Session"),
            "rooms, users, sockets by name", Pattern.compile("dev\\.switchboard\\.hub\\.NamespaceSockets\\$Group"),
            "lanes of handlers", Pattern.compile("dev\\.switchboard\\.handler\\.HandlerLane"),
            "revoked log-ins", Pattern.compile("dev\\.switchboard\\.token\\.Revocation"),
            "guests of places", Pattern.compile("dev\\.switchboard\\.bus\\.LocalPresence\\$Guest"),
            "connections", Pattern.compile("io\\.netty\\.channel\\.socket\\.nio\\.NioSocketChannel"),
            "timers", Pattern.compile("io\\.vertx\\.core\\.impl\\.VertxImpl\\$InternalTimerHandler"),
            "event-bus registrations", Pattern.compile("io\\.vertx\\.core\\.eventbus\\.impl\\.HandlerHolder"),
            "all objects of Switchboard", Pattern.compile("dev\\.switchboard\\.(?!it\\.).*"));

    private static final boolean LEAKS = Boolean.getBoolean("soak.leak");
    private static final Queue<Socket> LEAKED = new ConcurrentLinkedQueue<>();

    private SoakNode() {}

    public static void main(String[] arguments) throws Exception {
        Path key = Files.writeString(Files.createTempFile("soak", ".key"), Tokens.KEY);
        key.toFile().deleteOnExit();
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setPreferNativeTransport(true));
        Switchboard switchboard = new Switchboard();
        JsonObject config = new JsonObject("""
                {"http": {"port": 0, "instances": 2},
                 "token": {"ttl": "5s", "maxAge": "5s"},
                 "namespaces": {"/": {"presence": "rooms"}, "/open": {"auth": "none"}},
                 "limits": {"handshake": "5s", "ping": "5s", "pong": "5s"}}""");
        config.getJsonObject("token").put("keyFile", key.toString());
        vertx.deployVerticle(switchboard, new DeploymentOptions().setConfig(config))
                .await();
        for (String namespace : new String[] {"/", "/open"}) {
            vertx.deployVerticle(() -> new Talk(namespace), new DeploymentOptions().setInstances(2))
                    .await();
        }
        System.out.println(switchboard.port());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println(new JsonObject(new TreeMap<>(count())).encode());
        }
        System.exit(0);
    }

    private static final class Talk extends EventVerticle {
        private final String namespace;

        Talk(String namespace) {
            this.namespace = namespace;
        }

        @Override
        protected String namespaceName() {
            return namespace;
        }

        @Override
        protected void events(Events on) {
            on.open(socket -> {
                        if (LEAKS) {
                            LEAKED.add(socket);
                        }
                        socket.attribute("since", System.currentTimeMillis());
                        return null;
                    })
                    .event("join", (socket, data) -> socket.join(data.string()).map("in"))
                    .event(
                            "leave",
                            (socket, data) -> socket.leave(data.string()).map("out"))
                    .event(
                            "say",
                            (socket, data) -> socket.toRoom(data.string("room")).emit("said", data))
                    .event("echo", (socket, data) -> data)
                    .event(
                            "ask me",
                            (socket, data) -> socket.ask("sure?", data, java.time.Duration.ofSeconds(2))
                                    .otherwise(cause -> null))
                    .event(
                            "throw me out",
                            (socket, data) -> socket.disconnect(dev.switchboard.wire.CloseReason.KICKED));
        }
    }

    private static Map<String, Object> count() throws Exception {
        String histogram = "";
        for (int n = 0; n < 3; n++) {
            histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        }
        Map<String, Object> counts = new TreeMap<>();
        COUNTED.keySet().forEach(what -> counts.put(what, 0L));
        Matcher lines = LINE.matcher(histogram);
        while (lines.find()) {
            long count = Long.parseLong(lines.group(1));
            COUNTED.forEach((what, name) -> {
                if (name.matcher(lines.group(2)).matches()) {
                    counts.merge(what, count, (one, other) -> (long) one + (long) other);
                }
            });
        }
        System.gc();
        counts.put(
                "heap, KB",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10);
        counts.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
        counts.put(
                "file descriptors",
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getOpenFileDescriptorCount());
        return counts;
    }
}
