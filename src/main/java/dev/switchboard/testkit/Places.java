package dev.switchboard.testkit;

import dev.switchboard.journal.Position;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * What a client says when it comes back: the socket that it was, its key, and the last place that it has of each log. For any
 * thread.
 */
final class Places {
    private final Map<Long, Position> last = new HashMap<>();
    private JsonObject former = new JsonObject();
    private boolean resumed;

    /** It is in; {@code open} is what the server said. */
    synchronized void opened(JsonObject open) {
        resumed = open.getBoolean("resumed", false);
        if (!resumed) {
            last.clear();
        }
        JsonObject resume = open.getJsonObject("resume");
        former = resume == null
                ? new JsonObject()
                : new JsonObject().put("id", open.getString("id")).put("key", resume.getString("key"));
    }

    /** It has an event that stands at this place. */
    synchronized void has(String place) {
        Position.parse(place)
                .ifPresent(at -> last.merge(at.log(), at, (one, other) -> one.offset() > other.offset() ? one : other));
    }

    /** Whether the server took it for the socket that it was, the last time. */
    synchronized boolean isResumed() {
        return resumed;
    }

    /** Empty when the server keeps nothing for it. */
    synchronized JsonObject former() {
        JsonArray at = new JsonArray();
        last.values().forEach(place -> at.add(place.text()));
        return former.isEmpty() ? former : former.copy().put("at", at);
    }
}
