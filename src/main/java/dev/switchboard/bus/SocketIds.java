package dev.switchboard.bus;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Ids of sockets: 128 random bits, and in front the name of the hub that made them, a hint that saves a look-up. To
 * everybody else an id is opaque.
 *
 * <p>An id that the application gives says nothing of a hub; it may be anything but a text of that form.
 */
public final class SocketIds {
    private static final char SEPARATOR = '.';
    /** The name of no hub. */
    static final String NONE = "?";

    private static final String LASTING = "~.";
    private static final int LONGEST_LASTING = 24;
    private static final int HUB_BYTES = 6;
    private static final int ID_BYTES = 16;
    private static final int LONGEST_OWN = 128;

    /** Characters of a hub's name, and of a whole id, in Base64. */
    private static final int HUB_LENGTH = 8;

    private static final int LENGTH = HUB_LENGTH + 1 + 22;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** Looked up, for which of them comes next no processor can predict. */
    private static final boolean[] IN_BASE64 = new boolean[128];

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            IN_BASE64[c] = true;
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final String hub;

    /** For a new hub, with a random name. */
    public SocketIds() {
        this.hub = text(HUB_BYTES);
    }

    /** The name of this hub. */
    public String hub() {
        return hub;
    }

    /** An id for a socket of this hub. */
    public String next() {
        return hub + SEPARATOR + text(ID_BYTES);
    }

    /** An id for a socket that may come back at another hub. */
    public String nextLasting() {
        return LASTING + text(ID_BYTES);
    }

    /** Whether it is the id of a socket that may come back at another hub. */
    public static boolean isLasting(String id) {
        return id.length() == LONGEST_LASTING && id.startsWith(LASTING);
    }

    /** The name of the hub that made this id; what is no id has one that no hub has. */
    static String hub(String socket) {
        return isMadeHere(socket) ? socket.substring(0, HUB_LENGTH) : NONE;
    }

    private static boolean isMadeHere(String id) {
        boolean is = id.length() == LENGTH && id.charAt(HUB_LENGTH) == SEPARATOR;
        for (int i = 0; is && i < LENGTH; i++) {
            char c = id.charAt(i);
            is = i == HUB_LENGTH || (c < IN_BASE64.length && IN_BASE64[c]);
        }
        return is;
    }

    /** Whether an application may give a socket this id: 1 to 128 characters, none of them for control. */
    public static boolean mayBeGiven(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST_OWN
                && id.chars().noneMatch(Character::isISOControl)
                && !isMadeHere(id)
                && !isLasting(id);
    }

    private String text(int bytes) {
        byte[] bits = new byte[bytes];
        random.nextBytes(bits);
        return TEXT.encodeToString(bits);
    }
}
