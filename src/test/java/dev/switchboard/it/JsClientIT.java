package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.launch.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of {@code switchboard.js}, which Node runs against a fake server: {@code src/test/js/*.test.mjs}. */
class JsClientIT {
    private static final Path FOLDER = Path.of("src", "test", "js");
    private static final long DEADLINE_SECONDS = 100;
    private static final int OLDEST_NODE = 20;

    @TempDir
    private Path temporary;

    @Test
    @Tag("smoke")
    void testsOfTheBrowsersClient_pass() throws Exception {
        Prerequisites.require(NodePuppet.missing());
        String version = run(10, List.of("node", "--version")).strip();
        Prerequisites.require(isRecent(version) ? "" : "node is " + version + ", not " + OLDEST_NODE + " or newer");
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=spec"));
        command.addAll(tests());

        String output = run(DEADLINE_SECONDS, command);

        assertThat(output).containsPattern("(?m)^\\S+ pass [1-9]").containsPattern("(?m)^\\S+ skipped 0$");
    }

    private static boolean isRecent(String version) {
        return Integer.parseInt(version.replaceFirst("^v(\\d+)\\..*$", "$1")) >= OLDEST_NODE;
    }

    private static List<String> tests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    /** What the command prints; fails with it when the command fails, or takes too long. */
    private String run(long seconds, List<String> command) throws IOException, InterruptedException {
        Path output = temporary.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .put("SWITCHBOARD_NPM", Program.JAR.resolveSibling("npm").toString());
        Process process = builder.start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as("within %s s: %s%n%s", seconds, command, printed).isTrue();
        assertThat(process.exitValue())
                .as("exit code of %s%n%s", command, printed)
                .isZero();
        return printed;
    }
}
