package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A forked process: what it says, how it is stopped, and how it ends. */
public final class Program implements AutoCloseable {
    public static final Path JAR = Path.of(System.getProperty("switchboard.jar", "target/switchboard.jar"))
            .toAbsolutePath();
    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** For verticles of the tests. */
    public static final String TEST_CLASSES = Path.of(Program.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath())
            .toString();

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Program jar(Path workingDirectory, String... arguments) throws IOException {
        return jar(workingDirectory, List.of(), arguments);
    }

    static Program jar(Path workingDirectory, List<String> jvmOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return start(workingDirectory, Map.of(), command);
    }

    public static Program start(Path workingDirectory, Map<String, String> environment, List<String> command)
            throws IOException {
        Path out = Files.createTempFile(workingDirectory, "out", ".txt");
        Path err = Files.createTempFile(workingDirectory, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHBOARD_"));
        builder.environment()
                .put("SWITCHBOARD_RUN_DIR", workingDirectory.resolve("run").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Program(builder.start(), out, err);
    }

    public String out() {
        return text(out);
    }

    public String err() {
        return text(err);
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits until standard output holds the pattern, this many times. */
    public List<MatchResult> awaitOut(String pattern, int times) {
        await().atMost(LIMIT)
                .failFast(
                        "it ended",
                        () -> assertThat(process.isAlive())
                                .as(() -> out() + err())
                                .isTrue())
                .until(() -> Pattern.compile(pattern).matcher(out()).results().count() >= times);
        return Pattern.compile(pattern).matcher(out()).results().toList();
    }

    public int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("ended within %s, said: %s", LIMIT, out())
                .isTrue();
        return process.exitValue();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Sends SIGSTOP: it is there and does nothing. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Sends SIGCONT. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
