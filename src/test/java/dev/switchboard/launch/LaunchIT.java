package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar, started as its users start it, from a folder that has nothing to do with the project. */
@Tag("smoke")
final class LaunchIT {
    private static final String LISTENING = ListeningVerticle.class.getName();
    private static final String LISTENING_ON = "listening on (\\d+) with (\\S*) in (\\S+)";
    private static final String SOURCE = """
            import io.vertx.core.*;

            public class Greeter extends VerticleBase {
                @Override
                public Future<?> start() throws Exception {
                    org.slf4j.LoggerFactory.getLogger("greeter").info(Words.HELLO + config());
                    return super.start();
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void run_class_deploysItWithItsConfiguration() throws Exception {
        try (Program program =
                Program.jar(folder, "run", LISTENING, "-cp", Program.TEST_CLASSES, "-conf", "{\"a\":1}")) {
            assertThat(program.awaitOut(LISTENING_ON, 1).get(0).group(2)).isEqualTo("{\"a\":1}");
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    void run_instancesAndWorker_deploysSeveralOnWorkerThreads() throws Exception {
        String[] arguments = {"run", LISTENING, "--cp", Program.TEST_CLASSES, "--instances", "3", "--worker"};
        try (Program program = Program.jar(folder, arguments)) {
            assertThat(program.awaitOut(LISTENING_ON, 3))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line.group(3)).startsWith("vert.x-worker-thread"));
        }
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void run_onLinux_hasItsOwnEventPolling() throws Exception {
        try (Program program = Program.jar(folder, "run", LISTENING, "-cp", Program.TEST_CLASSES)) {
            program.awaitOut(LISTENING_ON, 1);
            assertThat(Path.of("/proc", Long.toString(program.handle().pid()), "maps"))
                    .content()
                    .contains("netty_transport_native_epoll");
        }
    }

    @Test
    void run_configurationFile_isReadFromTheWorkingDirectory() throws Exception {
        Files.writeString(folder.resolve("mine.json"), "{\"b\":2}");
        try (Program program =
                Program.jar(folder, "run", LISTENING, "-cp", Program.TEST_CLASSES, "-conf", "mine.json")) {
            assertThat(program.awaitOut(LISTENING_ON, 1).get(0).group(2)).isEqualTo("{\"b\":2}");
        }
    }

    @ParameterizedTest
    @CsvSource({"handlers/Greeter.java, .", "./Greeter.java, handlers", "../handlers/Greeter.java, elsewhere"})
    void run_javaSource_isCompiledWithItsNeighbours(String verticle, String workingDirectory) throws Exception {
        writeSources();
        Path from = Files.createDirectories(folder.resolve(workingDirectory));
        try (Program program = Program.jar(from, "run", verticle, "-conf", "{}")) {
            program.awaitOut("hello\\{}", 1);
        }
    }

    @Test
    void run_javaSourceByAbsolutePath_isCompiled() throws Exception {
        writeSources();
        Path from = Files.createDirectory(folder.resolve("elsewhere"));
        Path source = folder.resolve("handlers/Greeter.java").toAbsolutePath();
        try (Program program = Program.jar(from, "run", source.toString())) {
            program.awaitOut("hello\\{}", 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"named:anything", "anything.named"})
    void run_nameOfAVerticleFactory_isLeftToTheFactory(String verticle) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("io.vertx.core.spi.VerticleFactory"), NamedVerticleFactory.class.getName());
        try (Program program = Program.jar(folder, "run", verticle, "-cp", Program.TEST_CLASSES)) {
            program.awaitOut(LISTENING_ON, 1);
        }
    }

    @Test
    void terminate_runningNode_closesItAndEndsWith0() throws Exception {
        try (Program program = Program.jar(folder, "run", LISTENING, "-cp", Program.TEST_CLASSES)) {
            int port = Integer.parseInt(program.awaitOut(LISTENING_ON, 1).get(0).group(1));
            program.terminate();
            assertThat(program.awaitExit()).isZero();
            assertThat(program.out()).contains("stopped");
            assertThat(program.err()).isEmpty();
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        }
    }

    @Test
    void run_portInUse_saysSoInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String configuration = "{\"http\":{\"port\":" + taken.getLocalPort() + "}}";
            refused(
                    "port " + taken.getLocalPort() + " is in use",
                    "run",
                    LISTENING,
                    "-cp",
                    Program.TEST_CLASSES,
                    "-conf",
                    configuration);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "unknown command 'dance'; see switchboard --help | dance",
                "none.json: no such file | example chat -conf none.json",
                "Missing required subcommand; see switchboard bench --help | bench",
                "Missing required parameter: '<verticle>'; see switchboard run --help | run",
                "Unknown option: '-dance'; see switchboard run --help | run X -dance",
                "-instances must be 1 or more, not 0 | run X -instances 0",
                "-join needs -cluster | run X -join 127.0.0.1",
                "none.json: no such file | run X -conf none.json",
                "-conf, line 1, column 2: Unexpected close marker ']': expected '}' | run X -conf {]}",
                "array.json: not a JSON object | run X -conf array.json",
                "unknown verticle 'no.Such': no such class, and no verticle factory that knows this name | run no.Such",
                "cannot start None.java: Resource not found: None.java | run None.java",
                "java.lang.String is not a verticle | run java.lang.String",
            })
    void start_somethingWrong_saysSoInOneLine(String message, String arguments) throws Exception {
        Files.writeString(folder.resolve("array.json"), "[1]");
        refused(message, arguments.split(" ", -1));
    }

    @Test
    void example_unknown_saysInOneLineWhichThereAre() throws Exception {
        try (Program program = Program.jar(folder, "example", "dance")) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("unknown example 'dance': there are chat, ")
                    .contains("thinkjs2-chat", "thinkjs3", "ws-dialogue");
        }
    }

    @Test
    void example_withChanges_runsWithThem() throws Exception {
        String changes = "{\"http\":{\"port\":0},\"namespaces\":{\"/\":{\"ws\":\"/talk\"}}}";
        try (Program program = Program.jar(folder, "example", "ws-dialogue", "-conf", changes)) {
            program.awaitOut("WebSocket at /talk\\s+.*message -> dialogue.DialogueHandler", 1);
        }
    }

    @Test
    void bench_server_runs() throws Exception {
        try (Program program = Program.jar(folder, "bench", "server", "-conf", "{\"http\":{\"port\":0}}")) {
            program.awaitOut("echo -> bench.BenchHandler", 1);
        }
    }

    @Test
    void run_faultyConfiguration_saysAllFaultsALineEach() throws Exception {
        String misconfigured = MisconfiguredVerticle.class.getName();
        try (Program program = Program.jar(folder, "run", misconfigured, "-cp", Program.TEST_CLASSES)) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err().lines())
                    .containsExactly("The configuration has 2 faults:", "  a.b: is wrong", "  c: is missing");
        }
    }

    @Test
    void run_verbose_addsTheStackTrace() throws Exception {
        try (Program program = Program.jar(folder, "run", "no.Such", "-v")) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err()).contains("\tat ", "ClassNotFoundException");
        }
    }

    @ParameterizedTest
    @CsvSource({"--help, example", "run --help, -instances", "bench --help, server"})
    void help_isShownOnStandardOutput(String arguments, String contains) throws Exception {
        try (Program program = Program.jar(folder, arguments.split(" ", -1))) {
            assertThat(program.awaitExit()).isZero();
            assertThat(program.out()).contains("Usage:", contains);
        }
    }

    @Test
    void vertxApplication_startsTheSameVerticle() throws Exception {
        String classPath = Program.JAR + ":" + Program.TEST_CLASSES;
        List<String> command = List.of(
                Program.JAVA,
                "-cp",
                classPath,
                "io.vertx.launcher.application.VertxApplication",
                LISTENING,
                "-conf",
                "{\"c\":3}");
        try (Program program = Program.start(folder, Map.of(), command)) {
            assertThat(program.awaitOut(LISTENING_ON, 1).get(0).group(2)).isEqualTo("{\"c\":3}");
            assertThat(program.out()).doesNotContain("DEBUG");
        }
    }

    private void refused(String message, String... arguments) throws Exception {
        try (Program program = Program.jar(folder, arguments)) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err().lines()).containsExactly(message);
        }
    }

    private void writeSources() throws IOException {
        Path handlers = Files.createDirectories(folder.resolve("handlers"));
        Files.writeString(handlers.resolve("Greeter.java"), SOURCE);
        Files.writeString(handlers.resolve("Words.java"), "class Words { static final String HELLO = \"hello\"; }");
    }
}
