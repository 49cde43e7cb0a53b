package dev.switchboard.hub;

import dev.switchboard.config.FollowConfig;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an admin is shown of one message, by the rule of the configuration. */
final class Sight {
    private static final int LONGEST_NAME = 200;

    /** Larger data is not even looked at. */
    private static final int LARGEST_DATA = 16 * 1024;

    private static final int LONGEST_SHOWN = 4 * 1024;
    private static final String MASKED = "•••";

    private final FollowConfig rule;

    Sight(FollowConfig rule) {
        this.rule = rule;
    }

    /**
     * @param event whose rule it goes by; empty where it belongs to none
     * @param id what the sender calls it when it is to be answered, else 0
     */
    JsonObject of(boolean in, String kind, String event, long id, Payload data) {
        JsonObject seen = of(in, kind, cut(event, LONGEST_NAME)).put("size", data.size());
        if (id != 0) {
            seen.put("id", id);
        }
        if (data.isAbsent() || !rule.shows(event)) {
            return seen;
        }
        return data.isBinary() || data.size() > LARGEST_DATA ? seen.put("unshown", true) : shown(seen, data);
    }

    JsonObject of(boolean in, String kind, String event, long id, Failure failure) {
        return of(in, kind, cut(event, LONGEST_NAME)).put("id", id).put("code", failure.code());
    }

    static JsonObject of(boolean in, String kind, String event) {
        return new JsonObject()
                .put("at", System.currentTimeMillis())
                .put("in", in)
                .put("kind", kind)
                .put("event", event);
    }

    private JsonObject shown(JsonObject seen, Payload data) {
        try {
            String text = new JsonArray().add(masked(data.value())).encode();
            return seen.put("data", cut(text.substring(1, text.length() - 1), LONGEST_SHOWN));
        } catch (EventException notJson) {
            return seen.put("unshown", true);
        }
    }

    private @Nullable Object masked(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            for (String field : Set.copyOf(object.fieldNames())) {
                object.put(field, rule.masks(field) ? MASKED : masked(object.getValue(field)));
            }
        } else if (value instanceof JsonArray array) {
            for (int n = 0; n < array.size(); n++) {
                array.set(n, masked(array.getValue(n)));
            }
        }
        return value;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
