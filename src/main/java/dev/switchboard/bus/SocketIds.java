package dev.switchboard.bus;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

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

    private static final int HUB_BYTES = 6;
    private static final int ID_BYTES = 16;
    private static final int LONGEST_OWN = 128;
    private static final Pattern MADE_HERE = Pattern.compile("[A-Za-z0-9_-]{8}\\.[A-Za-z0-9_-]{22}");
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

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

    /** The name of the hub that made this id; what is no id has one that no hub has. */
    static String hub(String socket) {
        return isMadeHere(socket) ? socket.substring(0, socket.indexOf(SEPARATOR)) : NONE;
    }

    private static boolean isMadeHere(String id) {
        return MADE_HERE.matcher(id).matches();
    }

    /** Whether an application may give a socket this id: 1 to 128 characters, none of them for control. */
    public static boolean mayBeGiven(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST_OWN
                && id.chars().noneMatch(Character::isISOControl)
                && !isMadeHere(id);
    }

    private String text(int bytes) {
        byte[] bits = new byte[bytes];
        random.nextBytes(bits);
        return TEXT.encodeToString(bits);
    }
}
