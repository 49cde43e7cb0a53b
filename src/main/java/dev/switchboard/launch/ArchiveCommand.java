package dev.switchboard.launch;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loads what a node loads that starts, for {@code -XX:ArchiveClassesAtExit}. */
@Command(
        name = "archive",
        description = "Starts a node on a free port, asks it whether it is ready and ends it, so that a JVM with"
                + " -XX:ArchiveClassesAtExit=FILE archives the classes that a start takes.",
        sortOptions = false)
final class ArchiveCommand implements Callable<Integer> {
    private static final int MOST_MILLIS = 10_000;

    @Option(
            names = {"-v", "-verbose", "--verbose"},
            description = "Shows the stack trace of a fault.")
    boolean verbose;

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Override
    public Integer call() throws IOException {
        SearchPath searchPath = SearchPath.ofProgram();
        int port = freePort();
        JsonObject configuration = Configuration.parse(
                Examples.file("chat"), "{\"http\":{\"host\":\"127.0.0.1\",\"port\":" + port + "}}", searchPath);
        new Node(new NodeOptions(), searchPath).run(Main.SWITCHBOARD, configuration);
        ask(port);
        Runtime.getRuntime().exit(0);
        return 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    /** The first request takes classes, too. */
    private static void ask(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(MOST_MILLIS);
            String request = "GET /health/ready HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}
