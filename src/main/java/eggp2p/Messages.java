package eggp2p;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The form of what the server says to one client: the document's helper {@code parseMsg}. For any thread. */
final class Messages {
    private Messages() {}

    static JsonObject parseMsg(String action) {
        return parseMsg(action, null);
    }

    static JsonObject parseMsg(String action, @Nullable Object payload) {
        return parseMsg(action, payload, new JsonObject());
    }

    /**
     * {@code {"data":{"action","payload"},"meta":{"timestamp",…}}}
     *
     * @param payload null for an empty object
     * @param metadata is added to the time in milliseconds since 1970, or replaces it
     */
    static JsonObject parseMsg(String action, @Nullable Object payload, JsonObject metadata) {
        JsonObject data =
                new JsonObject().put("action", action).put("payload", payload == null ? new JsonObject() : payload);
        JsonObject meta =
                new JsonObject().put("timestamp", System.currentTimeMillis()).mergeIn(metadata);
        return new JsonObject().put("data", data).put("meta", meta);
    }
}
