package dev.switchboard.it;

import dev.switchboard.Switchboard;
import dev.switchboard.launch.Ports;
import dev.switchboard.launch.Program;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Nodes in JVMs of their own, started from the jar as users do, that find only each other. How fast they notice the loss
 * of one is left as it is in production.
 */
final class ForkedCluster implements AutoCloseable {
    private static final int MOST_NODES = 8;

    private final List<ForkedNode> nodes = new ArrayList<>();
    private final Path folder;
    private final Path members;
    private final Map<String, String> environment;

    /** @param folder for what the nodes print */
    ForkedCluster(Path folder) throws IOException {
        this(folder, Map.of());
    }

    /** @param environment of every node, beside the usual one */
    ForkedCluster(Path folder, Map<String, String> environment) throws IOException {
        this(folder, environment, MOST_NODES, Map.of());
    }

    /**
     * @param most how many nodes there may be: halves of a cluster come together sooner where nobody is looked for in vain
     * @param properties of Hazelcast
     */
    ForkedCluster(Path folder, Map<String, String> environment, int most, Map<String, Integer> properties)
            throws IOException {
        this.folder = folder;
        this.environment = environment;
        this.members = Files.writeString(folder.resolve("cluster.xml"), members(most, properties));
    }

    /** Each takes the first port that is free, and looks for the others at all of them. */
    private static String members(int most, Map<String, Integer> properties) {
        int first = Ports.free();
        String addresses = IntStream.range(first, first + most)
                .mapToObj(port -> "<member>127.0.0.1:" + port + "</member>")
                .collect(Collectors.joining());
        String own = properties.entrySet().stream()
                .map(one -> "<property name=\"%s\">%d</property>".formatted(one.getKey(), one.getValue()))
                .collect(Collectors.joining());
        return """
                <hazelcast xmlns="http://www.hazelcast.com/schema/config">
                  <cluster-name>test-%s</cluster-name>
                  <properties>
                    <property name="hazelcast.phone.home.enabled">false</property>
                    <property name="hazelcast.health.monitoring.level">OFF</property>
                    <property name="hazelcast.socket.bind.any">false</property>
                    <property name="hazelcast.wait.seconds.before.join">0</property>
                    %s
                  </properties>
                  <network>
                    <port auto-increment="true" port-count="%d">%d</port>
                    <join>
                      <auto-detection enabled="false"/>
                      <multicast enabled="false"/>
                      <tcp-ip enabled="true">%s</tcp-ip>
                    </join>
                    <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
                  </network>
                  <multimap name="__vertx.subs">
                    <value-collection-type>SET</value-collection-type>
                  </multimap>
                </hazelcast>
                """.formatted(UUID.randomUUID(), own, most, first, addresses);
    }

    /** Starts a node for clients; it takes them when this returns. */
    ForkedNode serve(JsonObject configuration) throws IOException {
        return serveAt(0, configuration);
    }

    /** The same on a port that was free before. */
    ForkedNode serveAt(int port, JsonObject configuration) throws IOException {
        ForkedNode node = ForkedNode.serving(start(Switchboard.class.getName(), configuration, port));
        nodes.add(node);
        return node;
    }

    /** Starts a node that only has this verticle, of the tests; a client sees when it takes events. */
    ForkedNode handle(Class<?> verticle) throws IOException {
        return handle(verticle.getName());
    }

    /** The same by the verticle's name, such as that of a source file. */
    ForkedNode handle(String verticle) throws IOException {
        ForkedNode node = new ForkedNode(start(verticle, new JsonObject(), 0), 0);
        nodes.add(node);
        return node;
    }

    private Program start(String verticle, JsonObject configuration, int port) throws IOException {
        List<String> command = List.of(
                Program.JAVA,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dvertx.hazelcast.config=" + members,
                "-jar",
                Program.JAR.toString(),
                "run",
                verticle,
                "-cluster",
                "-cp",
                Program.TEST_CLASSES,
                "-conf",
                configuration.encode());
        Map<String, String> all = new HashMap<>(environment);
        all.put("SWITCHBOARD_HTTP_PORT", String.valueOf(port));
        return Program.start(folder, all, command);
    }

    @Override
    public void close() {
        nodes.forEach(ForkedNode::close);
    }
}
