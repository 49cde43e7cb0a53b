package dev.switchboard.cluster;

import dev.switchboard.bus.Target;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom this node has sockets of, as it tells the others: once when the first hub has some, and once, a little later, when
 * the last has none any more, so that who comes back at once costs nothing. On the cluster's context.
 */
final class Interests {
    private static final long LINGER_MILLIS = 2_000;

    /** Whoever shares the event loop waits no longer than it takes to tell so many. */
    private static final int MOST_TOLD = 1_000;

    /** The way to the other nodes; succeeds when they know. */
    interface Telling {
        Future<Void> tell(Target target, boolean there);
    }

    private static final class Entry {
        final Future<Void> known;
        int hubs;
        long idleSince;

        Entry(Future<Void> known) {
            this.known = known;
        }
    }

    private record Idle(Target target, long since) {}

    private final Telling telling;
    private final Map<Target, Entry> entries = new HashMap<>();
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();

    Interests(Telling telling) {
        this.telling = telling;
    }

    /** A hub has sockets of these; succeeds when the others know. */
    Future<Void> add(Target target) {
        Entry entry = entries.get(target);
        if (entry == null) {
            entry = new Entry(telling.tell(target, true));
            entries.put(target, entry);
        }
        entry.hubs++;
        return entry.known;
    }

    /** A hub has none any more. */
    void remove(Target target, long now) {
        Entry entry = entries.get(target);
        if (entry != null && --entry.hubs == 0) {
            entry.idleSince = now;
            idle.add(new Idle(target, now));
        }
    }

    /**
     * Tells some of what has been idle for a while; called every now and then.
     *
     * @return whether there is more to tell
     */
    boolean sweep(long now) {
        for (int told = 0; isDue(now); told++) {
            if (told == MOST_TOLD) {
                return true;
            }
            Idle oldest = idle.remove();
            Entry entry = entries.get(oldest.target);
            if (entry != null && entry.hubs == 0 && entry.idleSince == oldest.since) {
                entries.remove(oldest.target);
                telling.tell(oldest.target, false);
            }
        }
        return false;
    }

    private boolean isDue(long now) {
        return !idle.isEmpty() && now - idle.element().since > LINGER_MILLIS;
    }

    /** A copy of all that the others are to know. */
    List<Target> all() {
        return new ArrayList<>(entries.keySet());
    }
}
