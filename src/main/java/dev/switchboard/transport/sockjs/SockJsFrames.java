package dev.switchboard.transport.sockjs;

import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Frame;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The frames of SockJS: what the server sends, and the arrays of messages that clients send. */
final class SockJsFrames {
    static final String OPEN = "o";
    static final String HEARTBEAT = "h";

    private static final String ARRAY = "a[";

    /** Half a surrogate pair: as a regular expression sees it, a whole one is a single other character. */
    private static final Pattern HALF_PAIR = Pattern.compile("[\\x{D800}-\\x{DFFF}]");

    private SockJsFrames() {}

    static String close(CloseReason reason) {
        return close(reason.code(), reason.text());
    }

    static String close(int code, String text) {
        return "c" + new JsonArray().add(code).add(text).encode();
    }

    /** One array frame of the messages of several. */
    static String join(Collection<Frame> frames) {
        return frames.stream()
                .map(Frame::text)
                .map(frame -> frame.substring(ARRAY.length(), frame.length() - 1))
                .collect(Collectors.joining(",", ARRAY, "]"));
    }

    /** Half a pair has no UTF-8: it becomes what it is in JSON, an escape. */
    private static byte[] utf8(String message) {
        String whole = HALF_PAIR
                .matcher(message)
                .replaceAll(half -> "\\\\u" + Integer.toHexString(half.group().charAt(0)));
        return whole.getBytes(StandardCharsets.UTF_8);
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
                messages.add(utf8(message));
            }
            return messages;
        } catch (DecodeException e) {
            return null;
        }
    }
}
