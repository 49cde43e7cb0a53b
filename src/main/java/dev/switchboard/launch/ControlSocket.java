package dev.switchboard.launch;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where commands reach this node: a Unix domain socket in the {@link RunDirectory}. One request and one answer per
 * connection, JSON and a line each; whoever connects and asks nothing, or does not read, is hung up on. On threads of its own, which may block.
 */
final class ControlSocket implements AutoCloseable {
    private static final int LONGEST = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final int AT_ONCE = 4;
    private static final long WORK_SECONDS = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path file;
    private final ServerSocketChannel server;
    private final Function<JsonObject, Future<JsonObject>> desk;
    private final Duration patience;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, ControlSocket::daemon);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(ControlSocket::daemon);

    private ControlSocket(
            Path file, ServerSocketChannel server, Function<JsonObject, Future<JsonObject>> desk, Duration patience) {
        this.file = file;
        this.server = server;
        this.desk = desk;
        this.patience = patience;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "control");
        thread.setDaemon(true);
        return thread;
    }

    static ControlSocket open(RunDirectory directory, Function<JsonObject, Future<JsonObject>> desk)
            throws IOException {
        return open(directory, desk, PATIENCE);
    }

    /** @param patience within which a request must have come, and an answer be read */
    static ControlSocket open(RunDirectory directory, Function<JsonObject, Future<JsonObject>> desk, Duration patience)
            throws IOException {
        directory.prepare();
        Path file = directory.ofThisProcess();
        Files.deleteIfExists(file); // of a process that had the same id
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(file));
        ControlSocket socket = new ControlSocket(file, server, desk, patience);
        daemon(socket::accept).start();
        return socket;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            JsonObject answer = answer(patiently(client, () -> readLine(client)));
            patiently(client, () -> {
                write(client, answer);
                return true;
            });
        } catch (IOException gone) {
            LOG.debug("A command went away: {}", gone.getMessage());
        }
    }

    /** What reads or writes. */
    private interface Transfer<T> {
        T run() throws IOException;
    }

    private <T> T patiently(SocketChannel client, Transfer<T> transfer) throws IOException {
        ScheduledFuture<?> late = clock.schedule(() -> hangUp(client), patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return transfer.run();
        } finally {
            late.cancel(false);
        }
    }

    private static void hangUp(SocketChannel client) {
        try {
            client.close();
        } catch (IOException gone) {
            LOG.debug("A command went away: {}", gone.getMessage());
        }
    }

    private JsonObject answer(String request) {
        try {
            return desk.apply(new JsonObject(request))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(WORK_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            return new JsonObject().put("fault", Faults.firstLine(Faults.reason(cause == null ? failed : cause)));
        } catch (TimeoutException late) {
            return new JsonObject().put("fault", "not done within " + WORK_SECONDS + " s");
        } catch (InterruptedException | RuntimeException wrong) {
            return new JsonObject().put("fault", "the request is not understood");
        }
    }

    static String readLine(SocketChannel channel) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (line.size() <= LONGEST && channel.read(buffer) >= 0) {
            line.write(buffer.array(), 0, buffer.position());
            boolean isWhole = buffer.position() > 0 && buffer.get(buffer.position() - 1) == '\n';
            buffer.clear();
            if (isWhole) {
                return line.toString(StandardCharsets.UTF_8);
            }
        }
        throw new IOException("a line has an end, and at most " + LONGEST + " bytes");
    }

    static void write(SocketChannel channel, JsonObject json) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((json.encode() + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException fault) {
            LOG.warn("{} is left behind: {}", file, fault.getMessage());
        }
        threads.shutdownNow();
        clock.shutdownNow();
    }
}
