package dev.switchboard.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A masked WebSocket frame (RFC 6455 section 5.2), made once; only its mark is written anew each time. */
final class Message {
    /** Servers must unmask: zeros would spare some of them the work. */
    private static final byte[] KEY = {0x37, (byte) 0xFA, 0x21, 0x3D};

    private static final int TEXT = 0x81;
    static final int PONG = 0x8A;

    private final byte[] frame;
    private final int payload;
    private final int mark;

    private Message(byte[] frame, int payload, int mark) {
        this.frame = frame;
        this.payload = payload;
        this.mark = mark;
    }

    static Message of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = frame(TEXT, bytes);
        int payload = frame.length - bytes.length;
        return new Message(frame, payload, payload + text.indexOf(Mark.BEGIN) + 1);
    }

    static byte[] text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] frame(int opcode, byte[] bytes) {
        int header = bytes.length < 126 ? 2 : 4;
        byte[] frame = new byte[header + KEY.length + bytes.length];
        frame[0] = (byte) opcode;
        if (header == 2) {
            frame[1] = (byte) (0x80 | bytes.length);
        } else {
            frame[1] = (byte) (0x80 | 126);
            frame[2] = (byte) (bytes.length >>> 8);
            frame[3] = (byte) bytes.length;
        }
        System.arraycopy(KEY, 0, frame, header, KEY.length);
        for (int n = 0; n < bytes.length; n++) {
            frame[header + KEY.length + n] = (byte) (bytes[n] ^ KEY[n & 3]);
        }
        return frame;
    }

    int size() {
        return frame.length;
    }

    void writeTo(ByteBuf out, int slot, int route, int number) {
        int at = put(mark, slot, Mark.SLOT);
        at = put(at, route, Mark.ROUTE);
        put(at, number, Mark.NUMBER);
        out.writeBytes(frame);
    }

    private int put(int at, int value, int letters) {
        for (int n = 0; n < letters; n++) {
            frame[at + n] = (byte) (Mark.letter(value, letters - 1 - n) ^ KEY[(at + n - payload) & 3]);
        }
        return at + letters;
    }
}
