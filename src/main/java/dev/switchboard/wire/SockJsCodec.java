package dev.switchboard.wire;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * The events dialect inside SockJS: each message is a string in an array frame, {@code a["…"]} (SockJS protocol 0.3.3,
 * "a" frames). Encoded once like every dialect, the escaping included. What comes in has been taken out of its array.
 */
final class SockJsCodec implements Codec {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    @Override
    public int number() {
        return 1;
    }

    @Override
    public boolean hasAcks() {
        return true;
    }

    @Override
    public boolean hasAuth() {
        return true;
    }

    @Override
    public Inbound decode(byte[] message, boolean binary) {
        return Codec.EVENTS.decode(message, binary);
    }

    @Override
    public Frame encode(Outbound message) {
        String array = EventsCodec.frame(message).parts().stream()
                .map(plain -> quote(plain.text()))
                .collect(Collectors.joining(",", "a[", "]"));
        return Frame.text(array.getBytes(StandardCharsets.UTF_8));
    }

    /** A JSON string in which nothing stands that some browser's JSON parser or script engine trips over. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (isFragile(c)) {
                quoted.append("\\u")
                        .append(HEX[c >> 12])
                        .append(HEX[c >> 8 & 15])
                        .append(HEX[c >> 4 & 15])
                        .append(HEX[c & 15]);
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** As listed in the SockJS protocol, section "Unicode support". */
    private static boolean isFragile(char c) {
        return c < 0x20
                || (c >= 0x7F && c <= 0x9F)
                || c == 0xAD
                || (c >= 0x0300 && c <= 0x0333)
                || (c >= 0x0600 && c <= 0x0604)
                || c == 0x070F
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x200C && c <= 0x200F)
                || (c >= 0x2028 && c <= 0x202F)
                || (c >= 0x2060 && c <= 0x206F)
                || (c >= 0xD800 && c <= 0xDFFF)
                || c == 0xFEFF
                || c >= 0xFFF0;
    }
}
