package dev.switchboard.limit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much waits for all clients of a node. It is touched only for what waits: who reads fast enough costs it nothing. For
 * any thread.
 */
public final class Backlog {
    private final AtomicLong bytes = new AtomicLong();
    private final long most;

    /** @param most bytes that may wait */
    public Backlog(long most) {
        this.most = most;
    }

    /** Takes something that is to wait; false, and nothing is taken, when it is too much. Less always fits. */
    public boolean offer(long size) {
        boolean fits = bytes.addAndGet(size) <= most || size <= 0;
        if (!fits) {
            bytes.addAndGet(-size);
        }
        return fits;
    }

    /** Takes what waits already, or, where it is negative, gives back what has left. */
    public void add(long size) {
        bytes.addAndGet(size);
    }

    /** Bytes that may wait. */
    public long most() {
        return most;
    }

    /** Bytes that wait. */
    public long bytes() {
        return bytes.get();
    }
}
