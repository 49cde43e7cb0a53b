package dev.switchboard.socket;

import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Frame;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What waits to be written to one client, bounded in bytes and messages. */
final class Outbox {
    private final Connection connection;
    private final int mostBytes;
    private final int mostMessages;
    private final ArrayDeque<Frame> waiting = new ArrayDeque<>(0);
    private int bytes;
    private boolean holding;
    private @Nullable CloseReason closing;

    Outbox(Connection connection, int mostBytes, int mostMessages) {
        this.connection = connection;
        this.mostBytes = mostBytes;
        this.mostMessages = mostMessages;
    }

    /** Takes a message; false when it does not fit any more. */
    boolean send(Frame frame) {
        if (connection.writable() && (holding || waiting.isEmpty())) {
            connection.write(frame);
            return true;
        }
        return add(frame);
    }

    /** Keeps a message for later; false when it does not fit any more. */
    boolean hold(Frame frame) {
        holding = true;
        return add(frame);
    }

    private boolean add(Frame frame) {
        if ((long) bytes + frame.size() > mostBytes || waiting.size() >= mostMessages) {
            return false;
        }
        waiting.add(frame);
        bytes += frame.size();
        return true;
    }

    /** Whether something is held. */
    boolean isHolding() {
        return holding;
    }

    /** Writes what was held, after this one. */
    void release(@Nullable Frame first) {
        holding = false;
        if (first != null) {
            waiting.addFirst(first);
            bytes += first.size();
        }
        drain();
    }

    /** Takes a message if it can leave at once, else drops it. */
    void offer(Frame frame) {
        if (waiting.isEmpty() && connection.writable()) {
            connection.write(frame);
        }
    }

    /** Writes what the connection takes now. */
    void drain() {
        // A write may make the connection call back, and this method run within itself.
        while (!holding && connection.writable() && !waiting.isEmpty()) {
            Frame frame = waiting.remove();
            bytes -= frame.size();
            connection.write(frame);
        }
        CloseReason end = closing;
        if (end != null && waiting.isEmpty()) {
            closing = null;
            connection.close(end);
        }
    }

    /** Closes the connection after all that waits and this farewell. */
    void close(@Nullable Frame farewell, CloseReason reason) {
        if (farewell != null) {
            waiting.add(farewell);
        }
        closing = reason;
        drain();
    }

    /** Drops what waits. */
    void clear() {
        waiting.clear();
        bytes = 0;
    }
}
