package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.launch.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands to a node that runs, as its user gives them; and a node that watches its sources. */
final class ControlIT {
    private static final String MAPPED = """
            {"http": {"port": 0}, "namespaces": {"/": {"auth": "none", "events": {"hello": "handlers/Hello.java"}}}}
            """;

    @TempDir
    private Path folder;

    @Test
    void commands_listReplaceDeployAndUndeploy() throws Exception {
        write("handlers/Hello.java", "Hello", "hello", "one");
        try (Program node = node();
                Clients clients = clients(node)) {
            TestClient client = clients.open();
            assertThat(client.answer("hello", 1)).isEqualTo("one");
            assertThat(said("list"))
                    .containsPattern(
                            "^\\d+@\\S+\\n  handlers/Hello.java  version 1 \\(\\w{8}\\)  1 instance  /: hello\\n$");
            assertThat(Files.getPosixFilePermissions(folder.resolve("run")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));

            write("handlers/Hello.java", "Hello", "hello", "two");
            assertThat(said("deploy", "handlers/Hello.java", "-instances", "2"))
                    .contains("replaced handlers/Hello.java, version 2");
            assertThat(client.answer("hello", 1)).isEqualTo("two");

            write("Other.java", "Other", "other", "another");
            assertThat(said("deploy", "Other.java")).contains("deployed Other, version 1");
            assertThat(client.answer("other", 1)).isEqualTo("another");
            assertThat(said("list")).contains("2 instances  /: hello", "Other  version 1");

            Files.writeString(folder.resolve("Other.java"), "class Other {\n  no\n}");
            try (Program refused = command("deploy", "Other.java")) {
                assertThat(refused.awaitExit()).isEqualTo(1);
                assertThat(refused.err()).containsPattern("cannot start Other.java: Other.java, line 2: ");
                assertThat(refused.err().lines()).hasSize(1);
            }
            assertThat(client.answer("other", 1)).isEqualTo("another");

            assertThat(said("undeploy", "Other.java")).contains("undeployed Other");
            assertThat(client.refusal("other", 1).getString("code")).isEqualTo("NO_HANDLER");
            assertThat(client.isClosed()).isFalse();
        }
        try (Program nobody = command("list")) {
            assertThat(nobody.awaitExit()).isEqualTo(1);
            assertThat(nobody.err().lines()).containsExactly("no node of this user runs on this machine");
        }
    }

    @Test
    void watch_sourceThatIsEdited_isReplacedUnlessItIsBroken() throws Exception {
        write("handlers/Hello.java", "Hello", "hello", "one");
        try (Program node = node("-watch");
                Clients clients = clients(node)) {
            TestClient client = clients.open();
            assertThat(client.answer("hello", 1)).isEqualTo("one");

            Files.writeString(folder.resolve("handlers/Hello.java"), "public class Hello {\n");
            node.awaitOut("Hello.java, line \\d+: .*; the version before goes on", 1);
            assertThat(client.answer("hello", 1)).isEqualTo("one");

            write("handlers/Hello.java", "Hello", "hello", "a longer two");
            Awaitility.await()
                    .atMost(Inbox.DEADLINE)
                    .until(() -> client.answer("hello", 1).equals("a longer two"));
            assertThat(client.isClosed()).isFalse();
        }
    }

    @Test
    void run_languageWhoseJarsAreMissing_saysSoInOneLine() throws Exception {
        Files.writeString(folder.resolve("hello.js"), "on('hello', () => 1);");
        Path jar = Files.copy(Program.JAR, folder.resolve("switchboard.jar"));
        List<String> command = List.of(Program.JAVA, "-jar", jar.toString(), "run", "hello.js");
        try (Program program = Program.start(folder, Map.of(), command)) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("cannot start hello.js: the jars of js are missing: run.sh brings them; without it");
        }
    }

    private void write(String file, String type, String event, String answer) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, """
                public class %s extends dev.switchboard.EventVerticle {
                    @Override
                    protected void events(dev.switchboard.Events on) {
                        on.event("%s", (socket, data) -> "%s");
                    }
                }
                """.formatted(type, event, answer));
    }

    private Program node(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "dev.switchboard.Switchboard", "-conf", MAPPED));
        arguments.addAll(List.of(options));
        Program node = command(arguments.toArray(String[]::new));
        node.awaitOut("Namespace / ", 1);
        return node;
    }

    private static Clients clients(Program node) {
        int port = Integer.parseInt(node.awaitOut("Switchboard is at http://localhost:(\\d+)", 1)
                .get(0)
                .group(1));
        return new Clients(() -> port, Transport.JDK_WEBSOCKET);
    }

    /** What a command says that does what it should; as soon as the node takes commands. */
    private String said(String... arguments) throws Exception {
        Awaitility.await().atMost(Inbox.DEADLINE).until(() -> {
            try (var sockets = Files.list(folder.resolve("run"))) {
                return sockets.findAny().isPresent();
            } catch (IOException notYet) {
                return false;
            }
        });
        try (Program program = command(arguments)) {
            int exit = program.awaitExit();
            assertThat(exit).as(program.err()).isZero();
            return program.out();
        }
    }

    private Program command(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Program.JAVA, "-jar", Program.JAR.toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment =
                Map.of("SWITCHBOARD_RUN_DIR", folder.resolve("run").toString());
        return Program.start(folder, environment, command);
    }
}
