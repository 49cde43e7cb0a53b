package dev.switchboard.transport.memory;

import dev.switchboard.socket.LiveSocket;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The client's end of a connection within the JVM. For any thread: what it is told to do happens in the order told. */
public final class MemoryLine {
    private final Context loop;
    private final MemoryConnection connection;
    private final @Nullable LiveSocket socket;

    MemoryLine(Context loop, MemoryConnection connection, @Nullable LiveSocket socket) {
        this.loop = loop;
        this.connection = connection;
        this.socket = socket;
    }

    /** Sends a message; text is in UTF-8. */
    public void send(byte[] message, boolean binary) {
        loop.runOnContext(v -> connection.send(message, binary));
    }

    /** Gives a sign of life, as the answer to a ping. */
    public void pong() {
        loop.runOnContext(v -> connection.heard());
    }

    /** Takes what is written, or lets it wait for want of reading. */
    public void flow(boolean flows) {
        loop.runOnContext(v -> connection.flow(flows));
    }

    /** Ends the connection, as a close frame does, or as a broken wire. */
    public void end(CloseReason reason) {
        loop.runOnContext(v -> connection.end(reason));
    }

    /** The id of its socket; empty when it was refused before it had one. */
    public Future<String> id() {
        return ask(() -> socket == null ? "" : socket.id());
    }

    /** Whether its socket is let in. */
    public Future<Boolean> isOpen() {
        return ask(() -> has(LiveSocket::isOpen));
    }

    /** Whether handlers have done all that the client sent until now, and all that its end asked of them. */
    public Future<Boolean> isQuiet() {
        return ask(() -> socket == null || socket.isQuiet());
    }

    private boolean has(Predicate<LiveSocket> what) {
        return socket != null && what.test(socket);
    }

    private <T> Future<T> ask(Callable<T> question) {
        Promise<T> answer = Promise.promise();
        loop.runOnContext(v -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.fail(e);
            }
        });
        return answer.future();
    }
}
