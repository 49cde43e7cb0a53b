package dev.switchboard.journal;

import java.util.Optional;

/**
 * A place in a log: behind this entry, and before all that follow. Two logs that were one, and have been written to in two
 * halves of a cluster, use the same offsets, but never the same entries.
 *
 * @param log which life of which log: a random number, another one when the log is made anew
 * @param offset of the entry; 0 before the first
 * @param entry the random number of the entry
 */
public record Position(long log, long offset, long entry) {
    /** Before everything, in any log. */
    public static final Position NONE = new Position(0, 0, 0);

    private static final int RADIX = 36;

    /** What clients are told, and tell: opaque to them but for the part before the first colon, which names the log. */
    public String text() {
        return Long.toUnsignedString(log, RADIX) + ":" + Long.toUnsignedString(offset, RADIX) + ":"
                + Long.toUnsignedString(entry, RADIX);
    }

    /** The position that a text names; empty when it names none. */
    public static Optional<Position> parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Position(
                    Long.parseUnsignedLong(parts[0], RADIX),
                    Long.parseUnsignedLong(parts[1], RADIX),
                    Long.parseUnsignedLong(parts[2], RADIX)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
