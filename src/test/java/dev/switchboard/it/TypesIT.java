package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.launch.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code types}, as a user runs it, and what the compiler of TypeScript says of its use. */
class TypesIT {
    private static final Path JS = Path.of("src/test/js").toAbsolutePath();
    private static final Path WEBROOT = Path.of("webroot").toAbsolutePath();

    private static final String CONFIGURATION = """
            {"token": {"keyFile": "not here"},
             "namespaces": {"/chat": {"events": {"rooms": "not.Here"}, "schemas": {
               "say": {"in": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
                       "answer": {"type": "integer"}},
               "said": {"out": {"type": "object", "required": ["who"], "properties": {"who": {"type": "string"}}}}}}}}""";

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("conf")).resolve("app.json"), CONFIGURATION);
    }

    private record Said(int exit, String out, String err) {}

    private Said run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Program.JAVA, "-jar", Program.JAR.toString(), "types"));
        command.addAll(List.of(arguments));
        try (Program program = Program.start(folder, Map.of(), command)) {
            return new Said(program.awaitExit(), program.out(), program.err());
        }
    }

    @Test
    void types_writesBoth_andTellsTheFiles() throws Exception {
        Said said = run("--typescript", "web", "--java", "src", "--package", "app.events");

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out().lines()).containsExactly("web/events.d.ts", "src/app/events/ChatEvents.java");
        assertThat(folder.resolve("web/events.d.ts")).content().contains("export interface ChatEvents {");
        assertThat(folder.resolve("src/app/events/ChatEvents.java"))
                .content()
                .contains("package app.events;", "public record Say(String text)");
    }

    @Test
    void types_check_failsWhenAFileIsStale() throws Exception {
        assertThat(run("--typescript", "e.ts", "--check"))
                .isEqualTo(new Said(1, "", "e.ts is not as declared: write the types again\n"));
        run("--typescript", "e.ts");

        assertThat(run("--typescript", "e.ts", "--check")).isEqualTo(new Said(0, "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|nothing to write: --typescript or --java says where",
                "--java src|--java needs --package",
                "--java src --package 1|'1' is no name for a package",
                "--typescript e.ts --conf none.json|none.json: no such file",
                "--typescript e.ts --conf {\"namespaces\":{\"/\":{\"schemas\":{\"a\":{\"out\":7}}}}}|namespaces./.schemas.a.out: must be an object, not 7"
            })
    void types_fault_isTold_andNothingIsWritten(String arguments, String message) throws Exception {
        Said said = run(arguments == null ? new String[0] : arguments.split(" ", -1));

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains(message);
        assertThat(folder.resolve("e.ts")).doesNotExist();
    }

    @Test
    void tsc_takesWhatIsDeclared_andUntypedUseAsBefore() throws Exception {
        Map<String, String> said = tsc(List.of("""
                const socket = connect<ChatEvents>('/', { namespace: '/chat' });
                socket.emit('say', { text: 'hi' });
                const id: number = await socket.ask('say', { text: 'hi' }, { timeout: 5 });
                const rooms: unknown = await socket.ask('rooms');
                socket.on('said', ({ who }) => who.toUpperCase()).once('open', ({ id }) => id);
                socket.off('said').close();
                socket.user?.name;
                console.log(id, rooms);
                """, """
                const free = connect();
                free.emit('whatever', 7);
                const answer = await free.ask<{ rooms: string[] }>('rooms');
                free.on('said', ({ anything }) => anything).on('open', ({ user }) => user.name);
                const same: Switchboard.Socket = free;
                const known: ChatEvents['on']['said'] = { who: 'ann' };
                console.log(answer.rooms, same, known);
                """));

        assertThat(said.values()).containsOnly("");
    }

    @Test
    void tsc_refusesWhatIsNotDeclared() throws Exception {
        List<String> uses = List.of(
                "socket.emit('shout', { text: 'hi' });",
                "socket.emit('say', { text: 7 });",
                "socket.emit('say', { txt: 'hi' });",
                "socket.emit('say');",
                "socket.emit('said', { who: 'ann' });",
                "await socket.ask('shout');",
                "await socket.ask('say', {});",
                "const answer: string = await socket.ask('say', { text: 'hi' });",
                "socket.on('say', () => {});",
                "socket.on('said', (data) => data.text);",
                "socket.once('told', () => {});",
                "socket.off('told');");
        String before = "const socket = connect<ChatEvents>();\n";

        Map<String, String> said = tsc(uses.stream().map(before::concat).toList());

        assertThat(said)
                .hasSameSizeAs(uses)
                .allSatisfy((use, fault) -> assertThat(fault).startsWith("(4,").doesNotContain("(3,"));
    }

    /** What the compiler says of each of these uses of the client. */
    private Map<String, String> tsc(List<String> uses) throws Exception {
        Prerequisites.require(NodePuppet.missing());
        assertThat(run("--typescript", "events.d.ts").exit()).isZero();
        for (String file : List.of("switchboard.d.ts", "switchboard.d.mts", "switchboard.mjs")) {
            Files.copy(WEBROOT.resolve(file), folder.resolve(file));
        }
        List<String> command = new ArrayList<>(List.of(
                "node",
                JS.resolve("node_modules/typescript/bin/tsc").toString(),
                "--noEmit",
                "--strict",
                "--skipLibCheck",
                "false",
                "--target",
                "es2022",
                "--module",
                "node16"));
        String imports =
                "import { connect } from './switchboard.mjs';\nimport type { ChatEvents } from './events.js';\n";
        for (int n = 0; n < uses.size(); n++) {
            Files.writeString(folder.resolve("use" + n + ".mts"), imports + uses.get(n));
            command.add("use" + n + ".mts");
        }
        Path output = folder.resolve("tsc.txt");
        Process tsc = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        tsc.waitFor();
        List<String> lines = Files.readAllLines(output);
        // Only what begins a fault: what follows explains it.
        assertThat(lines.stream().filter(line -> !line.startsWith(" "))).allMatch(line -> line.startsWith("use"));
        Map<String, String> said = new LinkedHashMap<>();
        for (int n = 0; n < uses.size(); n++) {
            String file = "use" + n + ".mts";
            said.put(
                    uses.get(n),
                    lines.stream()
                            .filter(line -> line.startsWith(file))
                            .map(line -> line.substring(file.length()))
                            .collect(Collectors.joining("\n")));
        }
        return said;
    }
}
