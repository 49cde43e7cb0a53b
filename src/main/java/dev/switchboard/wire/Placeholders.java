package dev.switchboard.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in JSON for bytes that travel beside it: {@code {"_placeholder":true,"num":n}}, as the Socket.IO protocol
 * writes it. For one thread.
 */
final class Placeholders {
    private static final String MARK = "_placeholder";
    private static final String NUMBER = "num";

    private final List<byte[]> bytes = new ArrayList<>();

    /** Whether there are bytes in a value. */
    static boolean areNeeded(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return areNeeded(object.getMap());
        }
        if (value instanceof JsonArray array) {
            return areNeeded(array.getList());
        }
        if (value instanceof Map<?, ?> map) {
            return areNeededInAny(map.values());
        }
        if (value instanceof List<?> list) {
            return areNeededInAny(list);
        }
        return value instanceof Buffer || value instanceof byte[];
    }

    private static boolean areNeededInAny(Collection<?> values) {
        for (Object value : values) {
            if (areNeeded(value)) {
                return true;
            }
        }
        return false;
    }

    /** The value with placeholders for all bytes in it. */
    @Nullable
    Object in(@Nullable Object value) {
        if (value instanceof Buffer buffer) {
            return placeholder(buffer.getBytes());
        }
        if (value instanceof byte[] array) {
            return placeholder(array);
        }
        if (value instanceof JsonObject object) {
            return in(object.getMap());
        }
        if (value instanceof JsonArray array) {
            return in(array.getList());
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject emptied = new JsonObject();
            map.forEach((key, one) -> emptied.put(String.valueOf(key), in(one)));
            return emptied;
        }
        if (value instanceof List<?> list) {
            JsonArray emptied = new JsonArray();
            list.forEach(one -> emptied.add(in(one)));
            return emptied;
        }
        return value;
    }

    private JsonObject placeholder(byte[] one) {
        bytes.add(one);
        return new JsonObject().put(MARK, true).put(NUMBER, bytes.size() - 1);
    }

    /** What the placeholders stand for, in the order of their numbers. */
    List<byte[]> bytes() {
        return bytes;
    }

    /** A decoded value with Buffers in the place of its placeholders. */
    static @Nullable Object fill(@Nullable Object value, List<byte[]> attachments) {
        if (value instanceof JsonArray array) {
            JsonArray filled = new JsonArray();
            array.forEach(one -> filled.add(fill(one, attachments)));
            return filled;
        }
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        if (isPlaceholder(object)) {
            int number = number(object, attachments.size());
            return number < 0 ? object : Buffer.buffer(attachments.get(number));
        }
        JsonObject filled = new JsonObject();
        object.forEach(entry -> filled.put(entry.getKey(), fill(entry.getValue(), attachments)));
        return filled;
    }

    /** Whether all placeholders in a decoded value stand for one of so many attachments. */
    static boolean fit(@Nullable Object value, int attachments) {
        if (value instanceof JsonArray array) {
            return array.stream().allMatch(one -> fit(one, attachments));
        }
        if (value instanceof JsonObject object) {
            return isPlaceholder(object)
                    ? number(object, attachments) >= 0
                    : object.stream().allMatch(entry -> fit(entry.getValue(), attachments));
        }
        return true;
    }

    /** The number of the only placeholder that the value is; -1 when it is none, or none of so many attachments. */
    static int only(@Nullable Object value, int attachments) {
        return value instanceof JsonObject object && isPlaceholder(object) ? number(object, attachments) : -1;
    }

    private static boolean isPlaceholder(JsonObject object) {
        return Boolean.TRUE.equals(object.getValue(MARK));
    }

    private static int number(JsonObject placeholder, int attachments) {
        return placeholder.getValue(NUMBER) instanceof Integer number && number >= 0 && number < attachments
                ? number
                : -1;
    }
}
