package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes as their users start them; each test has a cluster of its own, on ports of its own. */
final class ClusterLaunchIT {
    private static final Path SHIPPED = Path.of("conf/cluster.xml");
    private static final String MEMBERS = MembersVerticle.class.getName();
    private static final String TEST_CLASSES = Path.of(ClusterLaunchIT.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath())
            .toString();

    @TempDir
    private Path folder;

    private final String name = "cluster-" + UUID.randomUUID();
    private Path xml;

    @BeforeEach
    void cluster() throws IOException {
        xml = folder.resolve("mine.xml");
        write(xml, "", "");
    }

    /** The shipped file for this test's cluster, with one more change. */
    private void write(Path file, String from, String to) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            String text = Files.readString(SHIPPED)
                    .replace(">switchboard<", ">" + name + "<")
                    .replace(">5701<", ">" + free.getLocalPort() + "<");
            Files.writeString(file, text.replace(from, to));
        }
    }

    private String thisXml() {
        return "-Dvertx.hazelcast.config=" + xml;
    }

    private Program node(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", MEMBERS, "-cp", TEST_CLASSES, "-cluster"));
        arguments.addAll(List.of(options));
        return Program.jar(folder, List.of(thisXml()), arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-cluster-host 127.0.0.1 -join localhost"})
    void run_twoAtOnce_findEachOther(String options) throws Exception {
        String[] words = Stream.of(options.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
        try (Program one = node(words);
                Program other = node(words)) {
            one.awaitOut("members: 2", 1);
            other.awaitOut("members: 2", 1);
            assertThat(one.err() + other.err()).isEmpty();
        }
    }

    @Test
    void vertxApplication_sameXml_isInTheCluster() throws Exception {
        List<String> plain = List.of(
                Program.JAVA,
                thisXml(),
                "-cp",
                Program.JAR + ":" + TEST_CLASSES,
                "io.vertx.launcher.application.VertxApplication",
                MEMBERS,
                "-cluster");
        try (Program one = node();
                Program other = Program.start(folder, Map.of(), plain)) {
            one.awaitOut("members: 2", 1);
            other.awaitOut("members: 2", 1);
        }
    }

    @Test
    void jar_holdsTheXmlWhereVertxLooksForIt() throws Exception {
        try (ZipFile jar = new ZipFile(Program.JAR.toFile())) {
            assertThat(jar.getInputStream(jar.getEntry("cluster.xml"))).hasBinaryContent(Files.readAllBytes(SHIPPED));
        }
    }

    @Test
    void run_xmlInTheWorkingDirectory_isUsed() throws Exception {
        Files.createDirectory(folder.resolve("conf"));
        Files.move(xml, folder.resolve("conf/cluster.xml"));
        try (Program node = Program.jar(folder, "run", MEMBERS, "-cp", TEST_CLASSES, "-cluster")) {
            node.awaitOut("cluster: " + name, 1);
        }
    }

    @Test
    void run_networkThatNobodyTrusts_isRefused() throws Exception {
        write(xml, "<interface>127.0.0.1<", "<interface>10.*.*.*<");
        refused(xml + " opens the cluster to other machines: where all of them are trusted, set cluster.trustedNetwork"
                + " to true in the configuration, or SWITCHBOARD_CLUSTER_TRUSTED_NETWORK=true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            </hazelcast> | | , line LAST, column 1: XML document structures must start and end within the same entity.
            <member>     | <nonsense/><member> | : Invalid content was found starting with element 'nonsense'.
            """)
    void run_badXml_saysSoInOneLine(String from, String to, String message) throws Exception {
        write(xml, from, to == null ? "" : to);
        String last = String.valueOf(Files.readAllLines(SHIPPED).size() + 1);
        refused(xml + message.replace("LAST", last));
    }

    @Test
    void run_hostOfAnotherMachine_saysSoInOneLine() throws Exception {
        refused("-cluster-host 198.51.100.1: not an address of this machine", "-cluster-host", "198.51.100.1");
    }

    @Test
    void run_portInUse_saysSoInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = "<port auto-increment=\"false\">" + taken.getLocalPort() + "</port>";
            Files.writeString(xml, Files.readString(SHIPPED).replaceFirst("<port .*</port>", port));
            refused("cannot form a cluster: Cannot bind to a given address: /127.0.0.1. Hazelcast cannot start. Port ["
                    + taken.getLocalPort() + "] is already in use and auto-increment is disabled.");
        }
    }

    private void refused(String message, String... options) throws Exception {
        try (Program program = node(options)) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err().lines()).containsExactly(message);
            assertThat(program.out()).isEmpty();
        }
    }
}
