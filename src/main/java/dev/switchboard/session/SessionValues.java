package dev.switchboard.session;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What events may keep in a session: values that have a JSON form, and that every node can read. */
final class SessionValues {
    private static final String RESERVED = "__vertx.";
    private static final int LONGEST_NAME = 256;

    private SessionValues() {}

    static void check(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.startsWith(RESERVED)) {
            throw new IllegalArgumentException("no value of a session is called \"" + name + "\"");
        }
    }

    /** @throws IllegalArgumentException unless it is a String, Number, Boolean, JsonObject, JsonArray, Map or List */
    @SuppressWarnings("unchecked")
    static Object of(Object value) {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte) {
            return value;
        }
        try {
            if (value instanceof JsonObject object) {
                return object.copy();
            } else if (value instanceof JsonArray array) {
                return array.copy();
            } else if (value instanceof Map<?, ?> map) {
                return new JsonObject((Map<String, Object>) map).copy();
            } else if (value instanceof List<?> list) {
                return new JsonArray(list).copy();
            }
        } catch (IllegalStateException | ClassCastException e) {
            throw new IllegalArgumentException("the value has no JSON form", e);
        }
        throw new IllegalArgumentException(
                "a session keeps no " + value.getClass().getSimpleName());
    }

    /** What its reader may change without changing the session. */
    static @Nullable Object read(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return object.copy();
        }
        return value instanceof JsonArray array ? array.copy() : value;
    }
}
