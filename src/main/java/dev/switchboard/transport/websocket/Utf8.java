package dev.switchboard.transport.websocket;

/** Whether bytes that come one after the other are UTF-8 (RFC 3629); tells it at the first that cannot be. */
final class Utf8 {
    private static final int FIRST = 0x80;
    private static final int LAST = 0xBF;

    /** How many bytes the character under way lacks, and from where to where the next of them may be. */
    private int missing;

    private int least = FIRST;
    private int most = LAST;

    /** Takes a byte; false when no text goes on so. */
    boolean take(byte next) {
        int value = next & 0xFF;
        if (missing == 0) {
            return value < FIRST || begins(value);
        }
        if (value < least || value > most) {
            return false;
        }
        missing--;
        least = FIRST;
        most = LAST;
        return true;
    }

    private boolean begins(int value) {
        if (value < 0xC2 || value > 0xF4) {
            return false;
        }
        missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        // Neither longer than needed, nor a surrogate, nor beyond the last character.
        least = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : FIRST;
        most = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : LAST;
        return true;
    }

    /** Whether a text may end here. */
    boolean isWhole() {
        return missing == 0;
    }

    /** A new text begins. */
    void reset() {
        missing = 0;
        least = FIRST;
        most = LAST;
    }
}
