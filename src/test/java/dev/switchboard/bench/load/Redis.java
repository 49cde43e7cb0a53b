package dev.switchboard.bench.load;

import dev.switchboard.launch.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What nodes of Socket.IO tell each other by; it keeps nothing on disk. */
final class Redis {
    private static final String PROGRAM = "redis-server";

    private Redis() {}

    static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /** On the servers' processors, for its work is theirs. */
    static Program start(Path folder, List<String> pin, int port) throws IOException {
        List<String> command = new ArrayList<>(pin);
        command.addAll(List.of(PROGRAM, "--bind", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--save", "", "--appendonly", "no"));
        Program redis = Program.start(folder, Map.of(), command);
        redis.awaitOut("Ready to accept connections", 1);
        return redis;
    }
}
