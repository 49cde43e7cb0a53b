package dev.switchboard.wire;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Why a connection ends: the code that the transport carries where it can, a short text, and whether the client may
 * come back. The constants are the whole table of the server's own reasons; applications add theirs with {@link #of}.
 *
 * @param code 1000 to 4999, see RFC 6455 section 7.4
 * @param text at most 120 bytes in UTF-8 (a close frame carries 123), shown to the client
 * @param reconnect whether the client may connect again by itself
 * @param after milliseconds after which the client should come back, 0 for its own back-off
 * @param url where it should come back; empty for where it was
 */
public record CloseReason(int code, String text, boolean reconnect, int after, String url) {
    public static final CloseReason NORMAL = server(1000, "Normal", true);
    public static final CloseReason GOING_AWAY = server(1001, "Going away", true);
    public static final CloseReason PROTOCOL_ERROR = server(1002, "Protocol error", false);
    public static final CloseReason UNSUPPORTED_DATA = server(1003, "Unsupported data", false);
    /** The connection broke. Never sent: it is what handlers are told when no close was seen. */
    public static final CloseReason BROKEN = server(1006, "Connection broken", true);

    public static final CloseReason INVALID_UTF8 = server(1007, "Invalid UTF-8", false);
    public static final CloseReason TOO_BIG = server(1009, "Message too big", false);
    public static final CloseReason INTERNAL_ERROR = server(1011, "Internal error", true);
    public static final CloseReason TRY_AGAIN_LATER = server(1013, "Try again later", true);
    public static final CloseReason INVALID_URL = server(4000, "Invalid URL", false);
    public static final CloseReason INVALID_USER = server(4001, "Invalid user", false);
    public static final CloseReason TOKEN_EXPIRED = server(4002, "Token expired", true);
    public static final CloseReason KICKED = server(4003, "Kicked", false);
    public static final CloseReason SLOW_CONSUMER = server(4008, "Slow consumer", true);
    /** A connection middleware did not let it in; the text says why where the middleware does. */
    public static final CloseReason REFUSED = server(4403, "Refused", false);
    /** Another socket has the id that the application gave; an old one of the same client may take a while to end. */
    public static final CloseReason ID_IN_USE = server(4009, "Id in use", true);

    /** The same client has come back on another connection. */
    public static final CloseReason RESUMED_ELSEWHERE = server(4010, "Resumed elsewhere", true);

    public static final CloseReason RATE_LIMITED = server(4029, "Rate limited", true);
    public static final CloseReason BAD_FRAMES = server(4400, "Bad frames", false);
    public static final CloseReason HANDSHAKE_TIMEOUT = server(4408, "Handshake timed out", true);

    private static final int LONGEST_TEXT = 120;
    private static final Set<Integer> NEVER_SENT = Set.of(1004, 1005, 1006, 1015);

    /** One after which a client that comes back does so where it was. */
    public CloseReason(int code, String text, boolean reconnect, int after) {
        this(code, text, reconnect, after, "");
    }

    public CloseReason {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("a close code is a number from 1000 to 4999, not " + code);
        }
        if (size(text) > LONGEST_TEXT) {
            throw new IllegalArgumentException("a close text has at most " + LONGEST_TEXT + " bytes");
        }
    }

    /** The constants, which are all that the server closes with by itself. */
    public static List<CloseReason> table() {
        return List.of(
                NORMAL,
                GOING_AWAY,
                PROTOCOL_ERROR,
                UNSUPPORTED_DATA,
                BROKEN,
                INVALID_UTF8,
                TOO_BIG,
                INTERNAL_ERROR,
                TRY_AGAIN_LATER,
                INVALID_URL,
                INVALID_USER,
                TOKEN_EXPIRED,
                KICKED,
                SLOW_CONSUMER,
                ID_IN_USE,
                RESUMED_ELSEWHERE,
                RATE_LIMITED,
                BAD_FRAMES,
                REFUSED,
                HANDSHAKE_TIMEOUT);
    }

    /** The same, and clients come back after this long. */
    public CloseReason after(int millis) {
        return new CloseReason(code, text, reconnect, millis, url);
    }

    /** The same, and clients come back there. */
    public CloseReason at(String where) {
        return new CloseReason(code, text, reconnect, after, where);
    }

    /** Whether a client may come back as the socket that it was. */
    public boolean isResumable() {
        return reconnect && code != NORMAL.code();
    }

    private static CloseReason server(int code, String text, boolean reconnect) {
        return new CloseReason(code, text, reconnect, 0);
    }

    /**
     * A reason of the application's own.
     *
     * @param code 1000, or 3000 to 4999 (RFC 6455 leaves these to applications)
     * @throws IllegalArgumentException for any other code, or a text of more than 120 bytes
     */
    public static CloseReason of(int code, String text, boolean reconnect) {
        if (code != 1000 && code < 3000) {
            throw new IllegalArgumentException("an application closes with 1000 or 3000 to 4999, not " + code);
        }
        return new CloseReason(code, text, reconnect, 0);
    }

    /** The same reason with another text, for a client that may know more; cut to the length that fits. */
    public CloseReason because(String detail) {
        String cut = detail;
        while (size(cut) > LONGEST_TEXT) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return new CloseReason(code, cut, reconnect, after, url);
    }

    /** Whether a connection may be closed with it: some codes only say what was seen (RFC 6455 section 7.4.1). */
    public boolean isSendable() {
        return !NEVER_SENT.contains(code);
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** What the {@code close} event carries. */
    JsonObject json() {
        JsonObject json = new JsonObject().put("code", code).put("reason", text).put("reconnect", reconnect);
        if (after > 0) {
            json.put("after", after);
        }
        return url.isEmpty() ? json : json.put("url", url);
    }
}
