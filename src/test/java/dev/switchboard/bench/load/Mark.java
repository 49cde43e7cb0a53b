package dev.switchboard.bench.load;

import io.netty.buffer.ByteBuf;

/**
 * What each message carries at the beginning of its data, so that every delivery is accounted for: the slot, the route and the
 * number of the message on that route, as letters that no dialect escapes.
 */
final class Mark {
    static final byte BEGIN = '^';
    static final int SLOT = 5;
    static final int ROUTE = 5;
    static final int NUMBER = 8;
    static final int LENGTH = 1 + SLOT + ROUTE + NUMBER;

    /** How many slots, and how many routes, there may be. */
    static final int MOST = 1 << (4 * SLOT);

    static final int DATA = 128;

    private Mark() {}

    /** Data of 128 bytes, as JSON, with room for a mark. */
    static String json() {
        return "\"" + (char) BEGIN + "x".repeat(DATA - 1) + "\"";
    }

    static int read(ByteBuf in, int at, int letters) {
        int value = 0;
        for (int n = at; n < at + letters; n++) {
            value = (value << 4) | (in.getByte(n) - 'a');
        }
        return value;
    }

    static byte letter(int value, int place) {
        return (byte) ('a' + ((value >>> (4 * place)) & 0xF));
    }
}
