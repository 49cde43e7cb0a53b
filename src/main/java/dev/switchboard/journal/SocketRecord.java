package dev.switchboard.journal;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What outlives the connection of a socket: who it is, where it was, what it has asked. A socket that comes back on another
 * connection begins a new generation, and nothing that an earlier one writes counts any more, but answers.
 *
 * <p>Keys are kept as hashes. The one before the newest counts too, until the client has shown that it knows the newest: who
 * was told a key, and lost the connection at that moment, may not.
 */
public final class SocketRecord {
    /** Answers that are kept for a client that asks again. */
    static final int MOST_ANSWERS = 256;

    private final String user;
    private final long windowMillis;
    private final Map<Long, Asked> asked = new LinkedHashMap<>();
    private long generation;
    private String node;
    private String key;
    private String formerKey = "";
    private JsonObject state;
    private long deadline;
    private long claimer;

    /**
     * An event of the client that wants an answer.
     *
     * @param node which began it
     * @param answer empty while there is none
     */
    public record Asked(String node, Optional<JsonObject> answer) {}

    public SocketRecord(String user, long windowMillis, long generation, String node, String key, JsonObject state) {
        this.user = user;
        this.windowMillis = windowMillis;
        this.generation = generation;
        this.node = node;
        this.key = key;
        this.state = state;
    }

    public long generation() {
        return generation;
    }

    /** The node that has its connection, or had it last. */
    public String node() {
        return node;
    }

    /** When it ends if its client does not come back, in milliseconds since 1970; 0 while it is connected. */
    public long deadline() {
        return deadline;
    }

    /** Whether its client has not come back in time. */
    public boolean isOverdue(long now) {
        return deadline != 0 && deadline <= now;
    }

    public JsonObject state() {
        return state;
    }

    /** By the number that the client gave, in the order asked. */
    public Map<Long, Asked> asked() {
        return Collections.unmodifiableMap(asked);
    }

    /** Notes what has changed; false when a later generation has begun. */
    boolean write(long mine, JsonObject changed) {
        if (!isOf(mine)) {
            return false;
        }
        state = changed;
        return true;
    }

    /** The client is back, on this node. False when it is not its client. */
    boolean take(String byUser, String given, String next, String at) {
        boolean newest = given.equals(key);
        if (claimer != 0 || !byUser.equals(user) || !(newest || (!formerKey.isEmpty() && given.equals(formerKey)))) {
            return false;
        }
        formerKey = given;
        key = next;
        generation++;
        node = at;
        deadline = 0;
        return true;
    }

    /** The key before the newest counts no more. */
    boolean confirm(long mine) {
        if (!isOf(mine)) {
            return false;
        }
        formerKey = "";
        return true;
    }

    /** The connection is gone; the socket ends then, if nothing happens. */
    boolean leave(long mine, long until) {
        if (!isOf(mine)) {
            return false;
        }
        deadline = until;
        return true;
    }

    /** It ends, for whoever claims that first; who was not answered asks again. */
    boolean claim(long by) {
        if (claimer == 0) {
            claimer = by;
            deadline = 0;
        }
        return claimer == by;
    }

    /** Who has ended it; 0 while nobody has. */
    public long claimer() {
        return claimer;
    }

    private boolean isOf(long mine) {
        return claimer == 0 && mine == generation;
    }

    /** Its node is lost. */
    public void orphaned(long now) {
        if (claimer == 0 && deadline == 0) {
            deadline = now + windowMillis;
        }
    }

    /** Events of the client begin. */
    boolean begin(long mine, List<Long> numbers) {
        if (!isOf(mine)) {
            return false;
        }
        for (long number : numbers) {
            asked.put(number, new Asked(node, Optional.empty()));
        }
        return true;
    }

    /** How an event ended. */
    void answered(long number, JsonObject answer) {
        asked.computeIfPresent(number, (known, one) -> new Asked(one.node(), Optional.of(answer)));
        long answers =
                asked.values().stream().filter(one -> one.answer().isPresent()).count();
        if (answers > MOST_ANSWERS) {
            asked.entrySet().stream()
                    .filter(one -> one.getValue().answer().isPresent())
                    .findFirst()
                    .ifPresent(oldest -> asked.remove(oldest.getKey()));
        }
    }

    /** An event that had begun to wait will not run. */
    void unbegun(long number) {
        asked.remove(number);
    }

    // ---- to be written down

    public String user() {
        return user;
    }

    public long windowMillis() {
        return windowMillis;
    }

    /** The hash of the newest key. */
    public String key() {
        return key;
    }

    /** The hash of the key before; empty when there is none. */
    public String formerKey() {
        return formerKey;
    }

    /** The same, which nothing changes that is done to this one. */
    SocketRecord copy() {
        SocketRecord fresh = new SocketRecord(user, windowMillis, generation, node, key, state);
        return restored(fresh, formerKey, deadline, claimer, asked);
    }

    /** One that was written down. */
    public static SocketRecord restored(
            SocketRecord fresh, String formerKey, long deadline, long claimer, Map<Long, Asked> asked) {
        fresh.formerKey = formerKey;
        fresh.deadline = deadline;
        fresh.claimer = claimer;
        fresh.asked.putAll(asked);
        return fresh;
    }
}
