package dev.switchboard.bench.load;

import dev.switchboard.launch.Ports;
import dev.switchboard.launch.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The processes of one peer: one, or the nodes of a cluster and what they need to be one. They end with this program. */
final class Servers implements AutoCloseable {
    private static final String URL = " at http://localhost:(\\d+)";
    private static final long LOOK_MILLIS = 200;
    private static final int MOST_LOOKS = 50;
    private static final double QUIET = 0.1;

    private final Peer peer;
    private final List<Program> programs = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    private final Path folder;

    private Servers(Peer peer) throws IOException {
        this.peer = peer;
        // Not in the project's: the names of a node's sockets must be short.
        this.folder = Files.createTempDirectory("bench");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    static Servers start(Peer peer, int nodes, Settings settings) throws IOException {
        Servers servers = new Servers(peer);
        List<String> command = new ArrayList<>(settings.cores().pin());
        command.addAll(peer.command());
        Map<String, String> environment = new HashMap<>(
                Map.of("SWITCHBOARD_HTTP_PORT", "0", Token.VARIABLE, Token.KEY, "NODE_ENV", "production"));
        Program redis = null;
        if (nodes > 1 && peer.isJava()) {
            command.addAll(1 + command.indexOf(Program.JAVA), Cluster.options(servers.folder));
            command.add("-cluster");
        } else if (nodes > 1) {
            int port = Ports.free();
            redis = Redis.start(servers.folder, settings.cores().pin(), port);
            environment.put("REDIS_PORT", Integer.toString(port));
        }
        for (int n = 0; n < nodes; n++) {
            Program program = Program.start(servers.folder, environment, command);
            servers.programs.add(program);
            servers.ports.add(Integer.valueOf(program.awaitOut(URL, 1).get(0).group(1)));
        }
        if (redis != null) {
            servers.programs.add(redis);
        }
        return servers;
    }

    Peer peer() {
        return peer;
    }

    Dialect dialect(int client) {
        return peer.dialect(client);
    }

    int port(int node) {
        return ports.get(node);
    }

    ProcessHandle process() {
        return programs.get(0).handle();
    }

    /** The time on processors that all have had. */
    Duration cpu() {
        return programs.stream()
                .map(program -> program.handle().info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Waits until they have nothing to do: what one leaves behind would be charged to the next. */
    void settle() throws InterruptedException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            Duration before = cpu();
            Thread.sleep(LOOK_MILLIS);
            if (cpu().minus(before).toMillis() < LOOK_MILLIS * QUIET) {
                return;
            }
        }
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
