package dev.switchboard.it;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One Node process for all tests of this JVM; it ends with it, since its input does. */
final class NodePuppet {
    private static final Path FOLDER = Path.of("src", "test", "js");

    private static final Map<Path, Puppet> TRUSTING = new ConcurrentHashMap<>();

    /** Made when first asked for. */
    private static final class Shared {
        static final Puppet PUPPET = start(Map.of());
    }

    private NodePuppet() {}

    /** One whose TLS connections trust this certificate, too. */
    static Puppet trusting(Certificate certificate) {
        return TRUSTING.computeIfAbsent(
                certificate.pem(),
                pem -> start(Map.of("NODE_EXTRA_CA_CERTS", pem.toString(), "NODE_OPTIONS", "--no-deprecation")));
    }

    static Puppet shared() {
        return Shared.PUPPET;
    }

    /** Why there is none; empty when there is. */
    static String missing() {
        if (!Files.isDirectory(FOLDER.resolve("node_modules").resolve("sockjs-client"))) {
            return "the npm packages of " + FOLDER + " are not installed";
        }
        boolean found = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
        return found ? "" : "there is no node";
    }

    private static Puppet start(Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder("node", "support/puppet.mjs")
                    .directory(FOLDER.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            Process process = builder.start();
            PrintWriter commands =
                    new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
            Puppet puppet = new Puppet(commands::println);
            Thread reader = new Thread(() -> read(process, puppet), "node-puppet");
            reader.setDaemon(true);
            reader.start();
            return puppet;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Process process, Puppet puppet) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                puppet.heard(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
