package dev.switchboard.wire;

import java.util.Optional;

/**
 * By what a client of Socket.IO comes back as the socket that it was: it is told that when it connects, and tells it when it
 * connects again (Socket.IO documentation, "Connection state recovery"). A client is its socket only as long as it is told the
 * same text again.
 *
 * @param id of the socket, which others know, too
 * @param key known to nobody else
 */
public record SocketIoPid(String id, String key) {
    private static final char SEPARATOR = '.';
    private static final int LONGEST = 256;

    /** Opaque to clients. */
    public String text() {
        return id + SEPARATOR + key;
    }

    /** What a client says; empty when it is none. */
    public static Optional<SocketIoPid> parse(String text) {
        int end = text.lastIndexOf(SEPARATOR);
        return end < 0 || text.length() > LONGEST
                ? Optional.empty()
                : Optional.of(new SocketIoPid(text.substring(0, end), text.substring(end + 1)));
    }

    @Override
    public String toString() {
        return "SocketIoPid[" + id + ", …]";
    }
}
