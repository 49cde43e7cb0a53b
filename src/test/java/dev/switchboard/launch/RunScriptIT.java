package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run.sh} in a project of its own, with the jar of this build and a Maven that only pretends. */
@Tag("smoke")
final class RunScriptIT {
    private static final String LISTENING = ListeningVerticle.class.getName();

    @TempDir
    private Path folder;

    private Path home;
    private Path elsewhere;
    private Path commands;

    @BeforeEach
    void project() throws IOException {
        home = Files.createDirectory(folder.resolve("the project"));
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        commands = Files.createDirectory(folder.resolve("commands"));
        Files.copy(Path.of("run.sh"), home.resolve("run.sh"));
        Files.createDirectories(home.resolve("src/main"));
        Files.createDirectories(home.resolve("target"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
    }

    @Test
    void run_freshJar_startsItInTheCallersFolderAndLeavesNoChild() throws Exception {
        jarIsBuilt();
        Files.writeString(elsewhere.resolve("mine.json"), "{\"a\":1}");
        try (Program program = script("run", LISTENING, "-cp", Program.TEST_CLASSES, "-conf", "mine.json")) {
            program.awaitOut("listening on \\d+ with \\{\"a\":1}", 1);
            assertThat(program.handle().descendants()).isEmpty();
            program.terminate();
            assertThat(program.awaitExit()).isZero();
            assertThat(program.out()).contains("stopped");
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    void run_throughASymbolicLink_findsItsProject() throws Exception {
        jarIsBuilt();
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/mine.json"), "{\"b\":2}");
        Path link = Files.createSymbolicLink(elsewhere.resolve("sb"), Path.of("../the project/run.sh"));
        List<String> command =
                List.of(link.toString(), "run", LISTENING, "-cp", Program.TEST_CLASSES, "-conf", "conf/mine.json");
        try (Program program = Program.start(elsewhere, Map.of(), command)) {
            program.awaitOut("with \\{\"b\":2}", 1);
        }
    }

    @Test
    void run_programFails_endsWithItsExitCode() throws Exception {
        jarIsBuilt();
        try (Program program = script("dance")) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err().lines()).containsExactly("unknown command 'dance'; see switchboard --help");
        }
    }

    @Test
    void conformance_unknownSuite_isToldBeforeAnythingIsBuilt() throws Exception {
        try (Program program = script("conformance", "dance")) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err().lines())
                    .containsExactly("run.sh: there is no suite 'dance': websocket, sockjs or socketio");
        }
    }

    @Test
    void run_sourceNewerThanTheJar_buildsAndTellsSo() throws Exception {
        jarIsBuilt();
        command("mvn", "echo \"$@\" >asked; cp '" + Program.JAR + "' target/switchboard.jar");
        Files.setLastModifiedTime(home.resolve("target/.built"), FileTime.fromMillis(0));
        for (int round = 0; round < 2; round++) {
            try (Program program = script("dance")) {
                assertThat(program.awaitExit()).isEqualTo(1);
                assertThat(program.err().lines().filter(line -> line.startsWith("Building")))
                        .hasSize(round == 0 ? 1 : 0);
            }
        }
        assertThat(home.resolve("asked")).content().contains("package");
    }

    @Test
    void build_archivesWhatAStartLoads_andWhatDoesNotFitIsPassedOverInSilence() throws Exception {
        // JDK 17 looks for archived classes in vain where the path of the jar has a blank.
        home = Files.move(home, folder.resolve("project"));
        command("mvn", "cp '" + Program.JAR + "' target/switchboard.jar");
        Path loaded = folder.resolve("loaded");
        Map<String, String> log = Map.of("JAVA_OPTS", "-Xlog:class+load:file=" + loaded);
        Pattern archived = Pattern.compile("dev\\.switchboard\\.launch\\.Main source: shared objects file");
        for (int round = 0; round < 2; round++) {
            if (round == 1) {
                // The jar is another one, and yet not newer than the archive.
                Files.setLastModifiedTime(home.resolve("target/switchboard.jar"), FileTime.fromMillis(1_000_000));
            }
            try (Program program = script(log, "dance")) {
                assertThat(program.awaitExit()).isEqualTo(1);
                assertThat(program.out()).isEmpty();
                assertThat(program.err().lines().filter(line -> !line.startsWith("Building")))
                        .containsExactly("unknown command 'dance'; see switchboard --help");
            }
            assertThat(archived.matcher(Files.readString(loaded)).find())
                    .as("archived classes are used with %s jar", round == 0 ? "their" : "another")
                    .isEqualTo(round == 0);
        }
    }

    @Test
    void run_scriptIsNamed_fetchesTheJarsOfItsLanguageOnce() throws Exception {
        jarIsBuilt();
        command("mvn", "echo \"$@\" >>asked; mkdir -p \"${4#-DoutputDirectory=}\"");
        Files.writeString(elsewhere.resolve("mine.json"), "{\"events\":{\"a\":\"js:handlers/a.js\"}}");
        for (int round = 0; round < 2; round++) {
            try (Program program = script("dance", "-conf", "mine.json")) {
                assertThat(program.awaitExit()).isEqualTo(1);
                assertThat(program.err().lines().filter(line -> line.startsWith("Fetching the jars of js")))
                        .hasSize(round == 0 ? 1 : 0);
            }
        }
        assertThat(home.resolve("target/languages/js")).isDirectory();
        assertThat(home.resolve("asked"))
                .content()
                .contains("copy-dependencies", "org.graalvm")
                .hasLineCount(1);
    }

    @Test
    void run_buildFails_showsMavensErrors() throws Exception {
        command("mvn", "echo '[INFO] chatter'; echo '[ERROR] no semicolon'; exit 1");
        try (Program program = script()) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err())
                    .contains("[ERROR] no semicolon", "the build failed")
                    .doesNotContain("chatter");
        }
    }

    @Test
    void terminate_whileBuilding_endsMavenToo() throws Exception {
        command("mvn", "echo $$ >started; exec sleep 300");
        try (Program program = script()) {
            await().until(() -> Files.exists(home.resolve("started"))
                    && !Files.readString(home.resolve("started")).isBlank());
            long maven =
                    Long.parseLong(Files.readString(home.resolve("started")).trim());
            program.terminate();
            assertThat(program.awaitExit()).isEqualTo(143);
            await().until(
                            () -> ProcessHandle.of(maven)
                                    .map(ProcessHandle::isAlive)
                                    .orElse(false),
                            alive -> !alive);
        }
    }

    @Test
    void run_noSuchJdk_saysSo() throws Exception {
        List<String> command = List.of(home.resolve("run.sh").toString());
        try (Program program = Program.start(elsewhere, Map.of("JAVA_HOME", "/none"), command)) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.err())
                    .startsWith("run.sh: /none/bin/java not found")
                    .hasLineCount(1);
        }
    }

    @Test
    void test_passesItsArgumentsToMaven() throws Exception {
        command("mvn", "echo \"$@\"");
        command("npm", ":");
        Files.createDirectories(home.resolve("src/test/js"));
        try (Program program = script("test", "--all", "-Dtest=Some")) {
            assertThat(program.awaitExit()).isZero();
            assertThat(program.out()).contains("verify -Pall -Dtest=Some");
        }
    }

    private void jarIsBuilt() throws IOException {
        Files.copy(Program.JAR, home.resolve("target/switchboard.jar"));
        Files.createFile(home.resolve("target/.built"));
    }

    /** A command that is found before the real one. */
    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(commands.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Program script(String... arguments) throws IOException {
        return script(Map.of(), arguments);
    }

    private Program script(Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("run.sh").toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PATH", commands + ":" + System.getenv("PATH"));
        return Program.start(elsewhere, environment, command);
    }
}
