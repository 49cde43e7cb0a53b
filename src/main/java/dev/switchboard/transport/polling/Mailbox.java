package dev.switchboard.transport.polling;

import dev.switchboard.limit.Backlog;
import dev.switchboard.wire.Frame;
import java.util.ArrayList;
import java.util.List;

/** What waits for the next request of a client that receives. On the session's event loop. */
public final class Mailbox {
    /** Bytes that one request, or the next one, gets. What waits beyond is its socket's, which may drop it. */
    private static final int HIGH_WATER = 64 * 1024;

    private final Backlog backlog;
    private List<Frame> waiting = new ArrayList<>();
    private int bytes;

    /** What of it has waited longer than the turn of the event loop in which it was written. */
    private int counted;

    /** @param backlog what waits for all clients of the node */
    public Mailbox(Backlog backlog) {
        this.backlog = backlog;
    }

    public boolean isFull() {
        return bytes >= HIGH_WATER;
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    public void add(Frame frame) {
        waiting.add(frame);
        bytes += frame.size();
    }

    /** Nobody takes it in this turn of the event loop: it counts for the node. */
    public void stays() {
        if (bytes != counted) {
            backlog.add(bytes - counted);
            counted = bytes;
        }
    }

    /** All of it, taken. */
    public List<Frame> take() {
        List<Frame> all = waiting;
        waiting = new ArrayList<>();
        bytes = 0;
        stays();
        return all;
    }
}
