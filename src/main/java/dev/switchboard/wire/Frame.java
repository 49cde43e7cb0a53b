package dev.switchboard.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One encoded message, shared by all its receivers of one dialect. It is kept as a ready WebSocket frame (RFC 6455
 * section 5.2: servers do not mask, so the bytes are the same for everybody), from which the text can be had for other
 * transports. Immutable, for any thread.
 */
public final class Frame {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int LONGEST_HEADER = 10;

    private final byte[] framed;
    private final int header;

    /** Made at the first call of {@link #text}; two threads that race both make the same. */
    private @Nullable String text;

    private Frame(byte[] framed, int header) {
        this.framed = framed;
        this.header = header;
    }

    /** A text frame with this payload, in UTF-8; the parts are copied. */
    public static Frame text(byte[]... parts) {
        return build(FINAL_TEXT, parts);
    }

    static Frame binary(byte[] payload) {
        return build(FINAL_BINARY, payload);
    }

    private static Frame build(int opcode, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuf out = Unpooled.buffer(LONGEST_HEADER + length);
        out.writeByte(opcode);
        if (length < 126) {
            out.writeByte(length);
        } else if (length <= 0xFFFF) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
        int header = out.writerIndex();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        byte[] framed = new byte[out.writerIndex()];
        out.readBytes(framed);
        return new Frame(framed, header);
    }

    /** Bytes that it takes on a WebSocket. */
    public int size() {
        return framed.length;
    }

    public boolean isBinary() {
        return (framed[0] & 0xFF) == FINAL_BINARY;
    }

    /** The whole WebSocket frame, for the channel of one receiver. Releasing it does nothing. */
    public ByteBuf webSocketFrame() {
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(framed));
    }

    /** The payload as text. */
    public String text() {
        String known = text;
        if (known == null) {
            known = new String(framed, header, framed.length - header, StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }
}
