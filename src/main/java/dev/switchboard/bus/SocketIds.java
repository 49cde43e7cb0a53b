package dev.switchboard.bus;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Ids of sockets: 128 random bits, and in front the name of the hub that made them, a hint that saves a look-up. To
 * everybody else an id is opaque.
 */
public final class SocketIds {
    private static final char SEPARATOR = '.';
    private static final String NONE = "?";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final String hub;

    /** For a new hub, with a random name. */
    public SocketIds() {
        this.hub = text(6);
    }

    /** The name of this hub. */
    public String hub() {
        return hub;
    }

    /** An id for a socket of this hub. */
    public String next() {
        return hub + SEPARATOR + text(16);
    }

    /** The name of the hub that made this id; what is no id has one that no hub has. */
    static String hub(String socket) {
        int end = socket.indexOf(SEPARATOR);
        return end < 1 ? NONE : socket.substring(0, end);
    }

    private String text(int bytes) {
        byte[] bits = new byte[bytes];
        random.nextBytes(bits);
        return TEXT.encodeToString(bits);
    }
}
