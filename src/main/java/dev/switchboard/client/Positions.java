package dev.switchboard.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * What a client needs to come back as the socket that it was: the key, and the place of what it heard last in each log.
 * On the client's context.
 */
final class Positions {
    private static final int BASE = 36;

    private final Map<String, String> places = new HashMap<>();
    private String id = "";
    private String key = "";

    /** Whether the server keeps what this client misses. */
    boolean isKept() {
        return !key.isEmpty();
    }

    /** The server has let it in; {@code open} is what it said. */
    void opened(JsonObject open) {
        if (!isResumed(open)) {
            places.clear();
        }
        boolean kept = open.getValue("resume") instanceof JsonObject resume && resume.getValue("key") instanceof String;
        id = kept ? String.valueOf(open.getValue("id")) : "";
        key = kept ? open.getJsonObject("resume").getString("key") : "";
    }

    static boolean isResumed(JsonObject open) {
        return Boolean.TRUE.equals(open.getValue("resumed"));
    }

    /** What it says when it comes back. */
    JsonObject resume() {
        return new JsonObject()
                .put("id", id)
                .put("key", key)
                .put("at", new JsonArray(new ArrayList<>(places.values())));
    }

    /** Notes a place, {@code log:offset:entry}; false when it has been there: then the event has been heard. */
    boolean isNews(String place) {
        String[] parts = place.split(":", -1);
        if (parts.length < 2) {
            return true;
        }
        String known = places.get(parts[0]);
        try {
            if (known != null && offset(parts[1]) <= offset(known.split(":", -1)[1])) {
                return false;
            }
        } catch (NumberFormatException foreign) {
            return true;
        }
        places.put(parts[0], place);
        return true;
    }

    private static long offset(String text) {
        return Long.parseLong(text, BASE);
    }
}
