package dev.switchboard.bus;

import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to a hub of this node. While its event loop is busy with something else, what is sent gathers in one
 * batch: a batch is open to more until the hub takes it, so that a message costs no wake-up of its own and waits for
 * nothing. For any thread.
 */
final class Inbox implements Shareable {
    /** Of one batch: the event loop has other work to do between two. */
    private static final int MOST_MESSAGES = 64;

    /** What a delivery takes beside its data. */
    private static final int OVERHEAD = 256;

    /** What crosses to the hub together. */
    final class Batch {
        private final List<HubMessage> messages = new ArrayList<>();
        private long size;

        /** All of it, in the order sent; nothing is added any more. By the hub, once. */
        List<HubMessage> take() {
            synchronized (Inbox.this) {
                if (open == this) {
                    open = null;
                }
                bytes -= size;
            }
            return messages;
        }
    }

    private final long most;
    private final Runnable refused;
    private final Consumer<Batch> bus;

    // ---- guarded by this

    private long bytes;
    private @Nullable Batch open;

    private volatile boolean stopping;

    /**
     * @param most bytes that may be on their way to all hubs of the node
     * @param refused told when something was not taken
     * @param bus takes each batch to the hub
     */
    Inbox(long most, Runnable refused, Consumer<Batch> bus) {
        this.most = most;
        this.refused = refused;
        this.bus = bus;
    }

    /** Sends an event for clients; false when too much is on its way already. */
    boolean offer(HubMessage.Deliver deliver, int hubs) {
        long size = size(deliver);
        synchronized (this) {
            if (bytes + size <= most / Math.max(1, hubs)) {
                add(deliver, size);
                return true;
            }
        }
        refused.run();
        return false;
    }

    /** Sends what must not be lost. */
    synchronized void send(HubMessage message) {
        add(message, 0);
    }

    /** Sends an event that the hub is not to miss, however much is on its way. */
    synchronized void force(HubMessage.Deliver deliver) {
        add(deliver, size(deliver));
    }

    synchronized boolean isFull(int hubs) {
        return bytes > most / Math.max(1, hubs);
    }

    private void add(HubMessage message, long size) {
        bytes += size;
        Batch begun = open;
        Batch batch = begun == null ? new Batch() : begun;
        batch.messages.add(message);
        batch.size += size;
        open = batch.messages.size() < MOST_MESSAGES ? batch : null;
        if (begun == null) {
            bus.accept(batch);
        }
    }

    /** Something was sent to the hub past this box: what comes from now on must not overtake it. */
    synchronized void close() {
        open = null;
    }

    private static long size(HubMessage.Deliver deliver) {
        return deliver.delivery().data().size() + (long) OVERHEAD;
    }

    boolean isStopping() {
        return stopping;
    }

    /** The hub ends its sockets. */
    void stop() {
        stopping = true;
    }
}
