package dev.switchboard.client;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for a connection that takes it, in its order. On the client's context. */
final class Outbox {
    private final Vertx vertx;
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private long bytes;

    Outbox(Vertx vertx) {
        this.vertx = vertx;
    }

    int size() {
        return waiting.size();
    }

    long bytes() {
        return bytes;
    }

    void add(Outgoing message) {
        waiting.add(message);
        bytes += message.size();
    }

    /** The oldest, removed; null when nothing waits. */
    @Nullable
    Outgoing next() {
        Outgoing message = waiting.poll();
        bytes -= message == null ? 0 : message.size();
        return message;
    }

    /** It waited too long. */
    void expire(Outgoing ask) {
        if (waiting.remove(ask)) {
            bytes -= ask.size();
        }
        ask.fail("TIMEOUT", "No answer to \"" + ask.event + "\" in time", true);
    }

    /** Nothing of it is ever sent. */
    void drop() {
        List<Outgoing> all = List.copyOf(waiting);
        waiting.clear();
        bytes = 0;
        for (Outgoing message : all) {
            vertx.cancelTimer(message.timer);
            message.fail("DISCONNECTED", "Closed before this was sent", true);
        }
    }
}
