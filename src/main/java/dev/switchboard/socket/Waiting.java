package dev.switchboard.socket;

import dev.switchboard.config.Overflow;
import dev.switchboard.wire.Frame;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages in the order in which they leave. Every step takes the same time, however many there are: the search for the
 * oldest that may be dropped passes each message once.
 */
final class Waiting {
    /** What a message takes beside its bytes. */
    private static final int OVERHEAD = 64;

    private static final class Entry {
        private Frame frame;
        private final boolean droppable;
        private final boolean endsSocket;
        private final @Nullable String key;
        private @Nullable Entry before;
        private @Nullable Entry after;

        Entry(Frame frame, Overflow.@Nullable Policy policy, @Nullable String key) {
            this.frame = frame;
            this.droppable = policy == Overflow.Policy.DROP_OLDEST;
            this.endsSocket = !droppable && policy != Overflow.Policy.DROP_NEWEST;
            this.key = key;
        }
    }

    private @Nullable Entry first;
    private @Nullable Entry last;

    /** No message before this one may be dropped. */
    private @Nullable Entry oldest;

    /** Made when a message with a key comes. */
    private @Nullable Map<String, Entry> byKey;

    private int messages;
    private long bytes;

    /** What those take that may be dropped. */
    private long droppable;

    /** So many may end the socket when there is no room. */
    private int ending;

    boolean isEmpty() {
        return first == null;
    }

    int messages() {
        return messages;
    }

    /** The bytes of all messages. */
    long bytes() {
        return bytes;
    }

    /** What all of it takes. */
    long cost() {
        return bytes + (long) OVERHEAD * messages;
    }

    /** What those take that may be dropped. */
    long droppable() {
        return droppable;
    }

    /** Whether some are of a policy by which the socket ends when there is no room. */
    boolean endsSocket() {
        return ending > 0;
    }

    /** What a message takes. */
    static long cost(Frame frame) {
        return frame.size() + (long) OVERHEAD;
    }

    /** @param key by which it can be replaced, or null */
    void add(Frame frame, Overflow.@Nullable Policy policy, @Nullable String key) {
        Entry entry = new Entry(frame, policy, key);
        entry.before = last;
        if (last == null) {
            first = entry;
        } else {
            last.after = entry;
        }
        last = entry;
        if (entry.droppable && oldest == null) {
            oldest = entry;
        }
        if (key != null) {
            if (byKey == null) {
                byKey = new HashMap<>();
            }
            byKey.put(key, entry);
        }
        count(entry, 1);
    }

    /** Lets a message leave first. */
    void addFirst(Frame frame) {
        Entry entry = new Entry(frame, null, null);
        entry.after = first;
        if (first == null) {
            last = entry;
        } else {
            first.before = entry;
        }
        first = entry;
        count(entry, 1);
    }

    /** The message that has this key. */
    @Nullable
    Frame find(String key) {
        Entry entry = byKey == null ? null : byKey.get(key);
        return entry == null ? null : entry.frame;
    }

    /** Puts a message in the place of the one that has this key. */
    void replace(String key, Frame frame) {
        Entry entry = byKey == null ? null : byKey.get(key);
        if (entry != null) {
            bytes += frame.size() - entry.frame.size();
            entry.frame = frame;
        }
    }

    /** Takes the first message; null when there is none. */
    @Nullable
    Frame remove() {
        Entry entry = first;
        if (entry == null) {
            return null;
        }
        unlink(entry);
        return entry.frame;
    }

    /** Drops the oldest message that may be dropped; null when there is none. */
    @Nullable
    Frame removeOldest() {
        Entry entry = oldest;
        if (entry == null) {
            return null;
        }
        unlink(entry);
        return entry.frame;
    }

    private void unlink(Entry entry) {
        if (entry.before == null) {
            first = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after == null) {
            last = entry.before;
        } else {
            entry.after.before = entry.before;
        }
        if (entry == oldest) {
            Entry next = entry.after;
            while (next != null && !next.droppable) {
                next = next.after;
            }
            oldest = next;
        }
        if (entry.key != null && byKey != null) {
            byKey.remove(entry.key);
        }
        count(entry, -1);
    }

    private void count(Entry entry, int sign) {
        messages += sign;
        bytes += (long) sign * entry.frame.size();
        if (entry.droppable) {
            droppable += sign * cost(entry.frame);
        }
        if (entry.endsSocket) {
            ending += sign;
        }
    }

    void clear() {
        first = null;
        last = null;
        oldest = null;
        byKey = null;
        messages = 0;
        bytes = 0;
        droppable = 0;
        ending = 0;
    }
}
