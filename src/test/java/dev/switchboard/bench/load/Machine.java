package dev.switchboard.bench.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What figures are worth nothing without: when, where, of what. */
record Machine(
        String command, String commit, String processor, int processors, String java, String node, Instant time) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    static Machine here(List<String> arguments) {
        return new Machine(
                "./run.sh bench " + String.join(" ", arguments),
                said("git", "describe", "--always", "--dirty"),
                processorName() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                said("node", "--version"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String processorName() {
        try {
            return Files.readAllLines(PROCESSORS).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** Empty when there is no such program. */
    private static String said(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    JsonObject json() {
        return new JsonObject()
                .put("command", command.strip())
                .put("commit", commit)
                .put("processor", processor)
                .put("processors", processors)
                .put("java", java)
                .put("node", node)
                .put("time", time.toString());
    }

    @Override
    public String toString() {
        return String.format(
                "%s%ncommit %s, %s%n%d × %s; %s; Node.js %s",
                command.strip(), commit, time, processors, processor, java, node);
    }
}
