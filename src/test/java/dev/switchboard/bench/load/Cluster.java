package dev.switchboard.bench.load;

import dev.switchboard.launch.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What makes nodes find each other, and nobody else. */
final class Cluster {
    private static final Path USUAL = Path.of("conf/cluster.xml");

    /** What Hazelcast asks for; the jar has it in its manifest. */
    private static final List<String> JVM = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private Cluster() {}

    /** Options for the JVMs of the nodes of one cluster. */
    static List<String> options(Path folder) throws IOException {
        String name = UUID.randomUUID().toString();
        Path file = Files.writeString(
                folder.resolve("cluster.xml"),
                Files.readString(USUAL)
                        .replace(
                                "<cluster-name>switchboard</cluster-name>", "<cluster-name>" + name + "</cluster-name>")
                        // Nodes look for each other at few ports, which other clusters would have taken.
                        .replace(">5701</port>", ">" + Ports.free() + "</port>"));
        List<String> options = new ArrayList<>(JVM);
        options.add("-Dvertx.hazelcast.config=" + file);
        return options;
    }
}
