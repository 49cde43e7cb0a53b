package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.launch.Ports;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * nginx with {@code conf/nginx.conf} as it is shipped, in front of some nodes. Only the small files that it includes are
 * the test's own.
 */
final class Nginx implements Nodes, AutoCloseable {
    private static final Path SHIPPED = Path.of("conf", "nginx.conf");

    private final Path folder;
    private final Certificate certificate;
    private final int port = Ports.free();
    private final int plainPort = Ports.free();
    private final Path said;
    private final Process process;

    /** @param folder an empty one */
    Nginx(Path folder, Certificate certificate, List<ForkedNode> nodes) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.certificate = certificate;
        Path included = Files.createDirectories(folder.resolve("conf").resolve("nginx"));
        Files.copy(SHIPPED, folder.resolve("conf").resolve("nginx.conf"));
        write(included.resolve("http.conf"), "listen 127.0.0.1:%d; set $https_port :%d;".formatted(plainPort, port));
        write(
                included.resolve("https.conf"),
                "listen 127.0.0.1:%d ssl http2; ssl_certificate %s; ssl_certificate_key %s;"
                        .formatted(port, certificate.pem(), certificate.key()));
        write(
                included.resolve("nodes.conf"),
                nodes.stream()
                        .map(node -> "server 127.0.0.1:%d max_fails=1 fail_timeout=5s;".formatted(node.port()))
                        .collect(Collectors.joining("\n")));
        said = folder.resolve("said.txt");
        process = start("-g", "daemon off;");
        await().atMost(Inbox.DEADLINE)
                .failFast(
                        "it ended",
                        () -> assertThat(process.isAlive()).as(() -> read(said)).isTrue())
                .until(() -> answers(port) && answers(plainPort));
    }

    /** Why there is none; empty when there is. */
    static String missing() {
        return program().isPresent() ? "" : "there is no nginx";
    }

    private static Optional<Path> program() {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(File.pathSeparator, -1))
                .map(place -> Path.of(place, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text + "\n");
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(program().orElseThrow().toString(), "-p", folder + "/", "-c", "conf/nginx.conf"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    /** The configuration that it has read, files included. */
    String configuration() throws IOException, InterruptedException {
        Process printing = start("-T");
        assertThat(printing.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(printing.exitValue()).as(() -> read(said)).isZero();
        return read(said);
    }

    @Override
    public Optional<Certificate> certificate() {
        return Optional.of(certificate);
    }

    /** Where it speaks TLS. */
    @Override
    public int port() {
        return port;
    }

    /** Where it does not. */
    int plainPort() {
        return plainPort;
    }

    @Override
    public void close() {
        process.destroy();
        assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS).join()).isNotNull();
    }
}
