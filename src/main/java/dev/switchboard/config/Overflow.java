package dev.switchboard.config;

import io.vertx.core.json.pointer.JsonPointer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of the messages of an event when their receiver does not read fast enough.
 *
 * @param key empty when all messages of the event are of one key
 */
public record Overflow(Policy policy, Optional<JsonPointer> key) {
    /** RFC 6901, section 3. */
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("~(?![01])");

    private static final int LONGEST_POINTER = 256;

    /** What gives way. */
    public enum Policy {
        /** The socket ends. */
        CLOSE,
        /** The oldest messages of this policy that wait are dropped. */
        DROP_OLDEST,
        /** The message is dropped. */
        DROP_NEWEST,
        /** The message replaces the one of its key that waits; if that is not enough, the socket ends. */
        LATEST
    }

    static Overflow of(Policy policy) {
        return new Overflow(policy, Optional.empty());
    }

    static Overflow read(Section overflow) {
        Policy policy = overflow.key("policy", "what becomes of its messages").choice(Policy.CLOSE);
        Optional<JsonPointer> key = overflow.key(
                        "key",
                        "where in the data its key stands, by which `latest` tells messages apart; without it all are of one"
                                + " key")
                .text("a JSON pointer such as \"/car\"", Overflow::isPointer)
                .map(JsonPointer::from);
        if (policy != Policy.LATEST && overflow.has("key")) {
            overflow.fault("key", "means something only where the policy is \"latest\"");
        }
        return new Overflow(policy, key);
    }

    private static boolean isPointer(String text) {
        return text.startsWith("/")
                && text.length() <= LONGEST_POINTER
                && !BROKEN_ESCAPE.matcher(text).find();
    }
}
