package dev.switchboard.metrics;

/**
 * How much waits at the sockets of one event loop, looked at every now and then, so that what comes and goes costs nothing.
 * Written on that event loop, read from any thread.
 */
public final class Depths {
    private int outbox;
    private int slow;
    private int deepest;
    private int lanes;

    private volatile int lastOutbox;
    private volatile int lastSlow;
    private volatile int lastDeepest;
    private volatile int lastLanes;

    Depths() {}

    /**
     * Looks at a socket.
     *
     * @param toClient messages that wait for its client
     * @param toHandlers events that wait for handlers
     */
    public void see(int toClient, int toHandlers) {
        outbox += toClient;
        slow += toClient > 0 ? 1 : 0;
        deepest = Math.max(deepest, toClient);
        lanes += toHandlers;
    }

    /** All sockets were looked at. */
    public void seenAll() {
        lastOutbox = outbox;
        lastSlow = slow;
        lastDeepest = deepest;
        lastLanes = lanes;
        outbox = 0;
        slow = 0;
        deepest = 0;
        lanes = 0;
    }

    int outbox() {
        return lastOutbox;
    }

    int slow() {
        return lastSlow;
    }

    int deepest() {
        return lastDeepest;
    }

    int lanes() {
        return lastLanes;
    }
}
