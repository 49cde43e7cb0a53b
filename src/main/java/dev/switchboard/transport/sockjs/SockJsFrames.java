package dev.switchboard.transport.sockjs;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The frames of SockJS: what the server sends, and the arrays of messages that clients send. */
final class SockJsFrames {
    static final String OPEN = "o";
    static final String HEARTBEAT = "h";

    private static final String ARRAY = "a[";

    private SockJsFrames() {}

    static String close(CloseReason reason) {
        return close(reason.code(), reason.text());
    }

    static String close(int code, String text) {
        return "c" + new JsonArray().add(code).add(text).encode();
    }

    /** One array frame of the messages of several. */
    static String join(Collection<String> frames) {
        return frames.stream()
                .map(frame -> frame.substring(ARRAY.length(), frame.length() - 1))
                .collect(Collectors.joining(",", ARRAY, "]"));
    }

    /** The messages that a client sent: an array of strings, or a single string; null when it is neither. */
    static @Nullable List<byte[]> messages(String text) {
        try {
            Object value = Json.decodeValue(text);
            List<?> all =
                    value instanceof JsonArray array ? array.getList() : value == null ? List.of(0) : List.of(value);
            List<byte[]> messages = new ArrayList<>(all.size());
            for (Object one : all) {
                if (!(one instanceof String message)) {
                    return null;
                }
                messages.add(message.getBytes(StandardCharsets.UTF_8));
            }
            return messages;
        } catch (DecodeException e) {
            return null;
        }
    }
}
