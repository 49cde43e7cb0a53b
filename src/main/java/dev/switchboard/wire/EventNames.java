package dev.switchboard.wire;

/** Which event names are whose. */
public final class EventNames {
    /** A socket opened; before all its events. */
    public static final String OPEN = "open";

    /** A socket ended; after all its events. */
    public static final String CLOSE = "close";

    static final String AUTH = "auth";
    static final String ERROR = "error";
    private static final int LONGEST = 128;

    private EventNames() {}

    /** Whether a name has 1 to 128 characters. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST;
    }

    /** Whether a name is the server's own: neither clients nor handlers may send it. */
    public static boolean isReserved(String name) {
        return name.startsWith("$") || isLife(name) || name.equals(ERROR) || name.equals(AUTH);
    }

    /** Whether it is an event of the socket's own life. */
    public static boolean isLife(String name) {
        return name.equals(OPEN) || name.equals(CLOSE);
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
