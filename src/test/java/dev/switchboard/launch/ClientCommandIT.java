package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.testkit.TestClient;
import dev.switchboard.testkit.TestNode;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.JsonObject;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code client}, typed at, against a node. */
@Tag("smoke")
final class ClientCommandIT {
    private static final JsonObject CONFIGURATION =
            new JsonObject("{\"namespaces\": {\"/\": {}, \"/open\": {\"auth\": \"none\"}}}");

    private static final class Talk extends EventVerticle {
        @Override
        protected void events(Events on) {
            on.event("say it", (socket, data) -> socket.toAll().emit("said", data));
            on.event("who", (socket, data) -> socket.user().name());
            on.event("other", (socket, data) -> socket.toAll().emit("noise", data));
        }
    }

    @TempDir
    private Path folder;

    private TestNode node;

    @BeforeEach
    void start() {
        node = TestNode.start(CONFIGURATION);
        node.deploy(Talk::new);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private String url() {
        return "http://127.0.0.1:" + node.port();
    }

    /** The command with this typed at once, until its end. */
    private List<String> typed(int exit, String input, String... options) throws Exception {
        Path typed = Files.writeString(folder.resolve("typed"), input);
        List<String> command = new ArrayList<>(List.of(
                "sh", "-c", "exec \"$@\" < " + typed, "sh", Program.JAVA, "-jar", Program.JAR.toString(), "client"));
        command.addAll(List.of(options));
        try (Program program = Program.start(folder, Map.of(), command)) {
            assertThat(program.awaitExit())
                    .as(() -> program.out() + program.err())
                    .isEqualTo(exit);
            return (program.out() + program.err()).lines().toList();
        }
    }

    @Test
    void typed_isSentAndAnswered_andTheEndOfTheInputIsAGoodBye() throws Exception {
        List<String> shown = typed(0, """
                emit "say it" {"text":"hi"}
                ask who
                ask nothing [1]
                emit who {
                dance
                """, url(), "-as", "ann");

        assertThat(shown)
                .contains("< said {\"text\":\"hi\"}", "= who \"ann\"", "! not JSON: {")
                .contains("! 'dance' is none of emit, ask, only, quit")
                .anyMatch(line -> line.startsWith("! nothing"))
                .anyMatch(line -> line.contains("UNKNOWN_EVENT"));
    }

    @Test
    void only_filters_andPlainIsForPrograms() throws Exception {
        List<String> shown = typed(
                0,
                "emit other 1\nemit \"say it\" 2\nask who\nquit\nask who\n",
                url(),
                "-as",
                "bob",
                "-plain",
                "-only",
                "said");

        assertThat(shown).containsExactly("{\"event\":\"said\",\"data\":2}", "{\"ack\":1,\"data\":\"bob\"}");
    }

    @Test
    void listen_hearsOthers_untilTheServerEndsIt() throws Exception {
        List<String> command =
                List.of(Program.JAVA, "-jar", Program.JAR.toString(), "client", url(), "-n", "/open", "-listen");
        try (Program program = Program.start(folder, Map.of(), command)) {
            program.awaitOut("< open", 1);
            node.await(node.namespace("/open").all().emit("news", new JsonObject().put("text", "x".repeat(80))));
            program.awaitOut("< news\n  \\{\n    \"text\" : \"x{80}\"\n  }", 1);
            node.await(node.namespace("/open").all().disconnect(CloseReason.KICKED));
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.out()).contains("< close", "= closed 4003 Kicked");
        }
    }

    @Test
    void otherClients_hearWhatIsTyped() throws Exception {
        TestClient ann = node.connect("ann");

        typed(0, "emit \"say it\" \"from the terminal\"\nask who\n", url(), "-as", "bob");

        assertThat(ann.next("said").string()).isEqualTo("from the terminal");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://x, 'ftp://x: not the URL of a server, such as http://localhost:8080'",
        "http://127.0.0.1:1, http://127.0.0.1:1: ",
    })
    void url_thatLeadsNowhere_isToldInOneLine(String url, String message) throws Exception {
        assertThat(typed(1, "", url)).singleElement().asString().startsWith(message);
    }

    @Test
    void namespace_thatIsNotThere_isTold() throws Exception {
        assertThat(typed(1, "", url(), "-n", "/none", "-listen")).contains("= closed 4000 Invalid URL");
    }

    /** The command at a terminal of this type, which types what is written to {@code keys}. */
    private Program atTerminal(String type, String... options) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script makes terminals");
        Path keys = folder.resolve("keys");
        assertThat(new ProcessBuilder("mkfifo", keys.toString()).start().waitFor())
                .isZero();
        List<String> client = new ArrayList<>(
                List.of(Program.JAVA, "-Duser.home=" + folder, "-jar", Program.JAR.toString(), "client", url()));
        client.addAll(List.of(options));
        return Program.start(
                folder,
                Map.of("TERM", type),
                List.of(
                        "sh",
                        "-c",
                        "exec script -qefc 'stty rows 24 cols 80; exec " + String.join(" ", client) + "' /dev/null < "
                                + keys));
    }

    private static void press(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    @Test
    void terminal_editsLines_andRemembersThem() throws Exception {
        try (Program program = atTerminal("xterm", "-n", "/open");
                OutputStream keys = new FileOutputStream(folder.resolve("keys").toFile())) {
            program.awaitOut("< open", 1);
            press(keys, "sk whx\177o\001a\r");
            program.awaitOut("! who", 1);
            node.await(node.namespace("/open").all().emit("news", 1));
            program.awaitOut("< news 1", 1);
            press(keys, "\033OA\r");
            program.awaitOut("! who", 2);
            press(keys, "quit\r");
            assertThat(program.awaitExit()).as(program::out).isZero();
        }
        assertThat(folder.resolve(".switchboard_history")).content().contains("ask who");
    }

    @Test
    void terminal_thatCanDoNothing_isReadAsItComes() throws Exception {
        try (Program program = atTerminal("dumb", "-n", "/open");
                OutputStream keys = new FileOutputStream(folder.resolve("keys").toFile())) {
            program.awaitOut("< open", 1);
            press(keys, "ask who\nquit\n");
            assertThat(program.awaitExit()).as(program::out).isZero();
            assertThat(program.out()).contains("! who").doesNotContain("> ");
        }
        assertThat(folder.resolve(".switchboard_history")).doesNotExist();
    }

    @Test
    void only_withAStar_showsEventsThatFit() throws Exception {
        List<String> shown =
                typed(0, "emit other 1\nemit \"say it\" 2\nask who\n", url(), "-as", "bob", "-plain", "-only", "s*d");

        assertThat(shown).containsExactly("{\"event\":\"said\",\"data\":2}", "{\"ack\":1,\"data\":\"bob\"}");
    }
}
