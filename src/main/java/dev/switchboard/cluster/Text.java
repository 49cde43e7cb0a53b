package dev.switchboard.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings as bytes: UTF-8, but nothing is lost of a string that has none. Clients can send half a surrogate pair in JSON,
 * and a room of that name must not become another room on its way.
 */
final class Text {
    /** Before UTF-16; no UTF-8 has such a byte. */
    private static final byte UNITS = (byte) 0xFF;

    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    static byte[] encode(String text) {
        if (!hasHalfPair(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteBuffer units = ByteBuffer.allocate(1 + text.length() * Character.BYTES);
        units.put(UNITS).asCharBuffer().put(text);
        return units.array();
    }

    private static boolean hasHalfPair(String text) {
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return true;
            }
        }
        return false;
    }

    static String decode(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == UNITS) {
            return units(bytes);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            throw new BrokenParcelException("a text is not UTF-8");
        }
        return text;
    }

    private static String units(byte[] bytes) {
        if (bytes.length % Character.BYTES != 1) {
            throw new BrokenParcelException("a text ends within a character");
        }
        return ByteBuffer.wrap(bytes, 1, bytes.length - 1).asCharBuffer().toString();
    }
}
