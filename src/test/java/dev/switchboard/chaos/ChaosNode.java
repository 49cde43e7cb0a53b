package dev.switchboard.chaos;

import dev.switchboard.Switchboard;
import dev.switchboard.launch.Program;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One of the nodes, in a process of its own; after its end another one takes its place. */
final class ChaosNode implements AutoCloseable {
    private static final String KEY = "a key for nobody but these three nodes, 32 bytes and more";

    private final int number;
    private final Land land;
    private final Path folder;
    private final int count;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<Program> programs = new ArrayList<>();

    ChaosNode(int number, Land land, Path folder, int count) {
        this.number = number;
        this.land = land;
        this.folder = folder;
        this.count = count;
    }

    private Program program() {
        return programs.get(programs.size() - 1);
    }

    void start() throws IOException {
        List<String> command = new ArrayList<>(land.within(number));
        command.addAll(List.of(
                Program.JAVA,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dswitchboard.log=" + System.getProperty("switchboard.chaos.log", "warn"),
                "-Dlogback.configurationFile=" + Path.of("conf/logback.xml").toAbsolutePath(),
                "-Dvertx.hazelcast.config=" + Files.writeString(folder.resolve("cluster" + number + ".xml"), members()),
                "-cp",
                absolute(System.getProperty("java.class.path")),
                "dev.switchboard.launch.Main",
                "run",
                Switchboard.class.getName(),
                "-cluster",
                "-cluster-host",
                land.address(number),
                "-conf",
                configuration().encode()));
        Path own = Files.createDirectories(folder.resolve("node" + number));
        programs.add(Program.start(own, Map.of("SWITCHBOARD_TOKEN_KEY", KEY), command));
    }

    private static String absolute(String classPath) {
        return List.of(classPath.split(":")).stream()
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(":"));
    }

    private JsonObject configuration() {
        JsonObject events = new JsonObject();
        List.of("join", "say", "me", "close").forEach(event -> events.put(event, ChaosHandler.class.getName()));
        JsonObject namespace = new JsonObject()
                .put("auth", "none")
                .put("resume", new JsonObject().put("window", "60s").put("nodes", 2))
                .put("events", events);
        JsonObject drain = new JsonObject().put("url", land.url(number)).put("spread", "1s");
        return new JsonObject()
                .put(
                        "http",
                        new JsonObject()
                                .put("host", land.address(number))
                                .put("port", land.port(number))
                                .put("drain", drain)
                                .put("metrics", new JsonArray().add("0.0.0.0/0")))
                .put("cluster", new JsonObject().put("trustedNetwork", true))
                .put("namespaces", new JsonObject().put("/", namespace));
    }

    private String members() {
        String addresses = IntStream.range(0, count)
                .mapToObj(node -> "<member>" + land.address(node) + ":" + land.memberPort(node) + "</member>")
                .collect(Collectors.joining());
        return """
                <hazelcast xmlns="http://www.hazelcast.com/schema/config">
                  <cluster-name>chaos</cluster-name>
                  <properties>
                    <property name="hazelcast.phone.home.enabled">false</property>
                    <property name="hazelcast.socket.bind.any">false</property>
                    <property name="hazelcast.logging.type">slf4j</property>
                    <property name="hazelcast.wait.seconds.before.join">0</property>
                    <property name="hazelcast.heartbeat.interval.seconds">1</property>
                    <property name="hazelcast.max.no.heartbeat.seconds">10</property>
                    <property name="hazelcast.mastership.claim.timeout.seconds">30</property>
                    <property name="hazelcast.concurrent.window.ms">1</property>
                    <property name="hazelcast.merge.first.run.delay.seconds">5</property>
                    <property name="hazelcast.merge.next.run.delay.seconds">5</property>
                    <property name="hazelcast.graceful.shutdown.max.wait">5</property>
                  </properties>
                  <network>
                    <port auto-increment="false">%d</port>
                    <join>
                      <auto-detection enabled="false"/>
                      <multicast enabled="false"/>
                      <tcp-ip enabled="true" connection-timeout-seconds="1">%s</tcp-ip>
                    </join>
                  </network>
                  <multimap name="__vertx.subs">
                    <value-collection-type>SET</value-collection-type>
                  </multimap>
                </hazelcast>
                """.formatted(land.memberPort(number), addresses);
    }

    void kill() throws InterruptedException {
        program().kill();
        program().awaitExit();
    }

    /** Tells it to go down; how it ended. */
    int terminate() throws InterruptedException {
        program().terminate();
        return program().awaitExit();
    }

    void pause() throws IOException, InterruptedException {
        program().pause();
    }

    void resume() throws IOException, InterruptedException {
        program().resume();
    }

    /** Whether it serves, and sees so many nodes, and all that is kept stands on two of them. */
    boolean sees(int nodes) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(land.url(number) + "/metrics"))
                    .timeout(Duration.ofSeconds(3))
                    .build();
            String meters =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return meters.contains("switchboard_nodes " + nodes + ".0")
                    && meters.contains("switchboard_cluster_safe 1.0");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What all of them said, in their turn. */
    List<String> said() {
        return programs.stream().map(one -> one.out() + one.err()).toList();
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
    }
}
