package dev.switchboard.wire;

/** Which event names are whose. */
public final class EventNames {
    /** A socket opened; before all its events. */
    public static final String OPEN = "open";

    /** A socket ended; after all its events. */
    public static final String CLOSE = "close";

    /** A socket ends; it still knows its rooms. */
    public static final String DISCONNECTING = "disconnecting";

    /** A socket ended; before {@link #CLOSE}, which says the same. */
    public static final String DISCONNECT = "disconnect";

    /** Something that a client sent has failed. */
    public static final String ERROR = "error";

    /** What a verticle announces that is a connection middleware. */
    public static final String CONNECTION = "$connection";

    /** What a verticle announces that is a packet middleware. */
    public static final String PACKET = "$packet";

    static final String AUTH = "auth";

    private static final int LONGEST = 128;

    private EventNames() {}

    /** Whether a name has 1 to 128 characters, counted in UTF-16 as Java and JavaScript do; half a surrogate pair is none. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST && isWhole(name);
    }

    private static boolean isWhole(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i)) && !Character.isSupplementaryCodePoint(name.codePointAt(i++))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a name is the server's own: neither clients nor handlers may send it. */
    public static boolean isReserved(String name) {
        return name.startsWith("$") || isLife(name) || name.equals(AUTH);
    }

    /** Whether it is an event of the socket's own life, which handlers may handle and nobody may send. */
    public static boolean isLife(String name) {
        return switch (name) {
            case OPEN, DISCONNECTING, DISCONNECT, CLOSE, ERROR -> true;
            default -> false;
        };
    }

    /**
     * A name that applications may use.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static String checked(String name) {
        if (!isName(name) || isReserved(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is no name for an event");
        }
        return name;
    }
}
