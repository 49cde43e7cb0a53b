package dev.switchboard.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One encoded message, shared by all its receivers of one dialect. It is kept as a ready WebSocket frame (RFC 6455
 * section 5.2: servers do not mask, so the bytes are the same for everybody), from which the text can be had for other
 * transports. A dialect may need several for what it says at once: then it is all of them, in their order. Immutable, for
 * any thread.
 */
public final class Frame {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int COMPRESSED = 0x40;

    private final byte[] framed;
    private final int header;

    /** What it is made of, each a single one; empty when it is one itself. */
    private final List<Frame> parts;

    private final String at;

    /** Made at the first call of {@link #text}; two threads that race both make the same. */
    private @Nullable String text;

    /** The same compressed, or this where that is not worth it; made at the first call, as the text is. */
    private @Nullable Frame compressed;

    private Frame(byte[] framed, int header, List<Frame> parts, String at) {
        this.framed = framed;
        this.header = header;
        this.parts = parts;
        this.at = at;
    }

    /** Several as one: nothing comes between them. */
    public static Frame all(List<Frame> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        byte[] framed = join(parts.stream().map(part -> part.framed).toList());
        List<Frame> single =
                parts.stream().flatMap(part -> part.parts().stream()).toList();
        return new Frame(framed, parts.get(0).header, single, "");
    }

    private static byte[] join(List<byte[]> parts) {
        byte[] joined = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
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
        int header = length < 126 ? 2 : length <= 0xFFFF ? 4 : 10;
        ByteBuffer framed = ByteBuffer.allocate(header + length).put((byte) opcode);
        switch (header) {
            case 2 -> framed.put((byte) length);
            case 4 -> framed.put((byte) 126).putShort((short) length);
            default -> framed.put((byte) 127).putLong(length);
        }
        for (byte[] part : parts) {
            framed.put(part);
        }
        return new Frame(framed.array(), header, List.of(), "");
    }

    /** The same, which says something that has this place in a log. */
    Frame at(String place) {
        return new Frame(framed, header, parts, place);
    }

    /** The place in its log of what it says, for a dialect that tells each client its places in its own words; else empty. */
    public String at() {
        return at;
    }

    /** Bytes that it takes on a WebSocket. */
    public int size() {
        return framed.length;
    }

    /** What it is made of, in order: itself, or each of the several. */
    public List<Frame> parts() {
        return parts.isEmpty() ? List.of(this) : parts;
    }

    public boolean isBinary() {
        return (framed[0] & 0xFF) == FINAL_BINARY;
    }

    /** The whole WebSocket frame, for the channel of one receiver. Releasing it does nothing. */
    public ByteBuf webSocketFrame() {
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(framed));
    }

    /**
     * The same for a receiver that takes compressed messages (RFC 7692); as it is where it is too small, too large, or
     * not to be compressed. The first call compresses it, and all later ones share the result.
     */
    public ByteBuf webSocketFrame(Deflation deflation) {
        return compressed(deflation).webSocketFrame();
    }

    private Frame compressed(Deflation deflation) {
        Frame known = compressed;
        if (known == null) {
            known = parts.isEmpty()
                    ? compress(deflation)
                    : all(parts.stream().map(part -> part.compressed(deflation)).toList());
            compressed = known;
        }
        return known;
    }

    private Frame compress(Deflation deflation) {
        byte[] payload = deflation.deflate(framed, header);
        return payload == null ? this : build(framed[0] | COMPRESSED, payload);
    }

    /** The payload; that of several is for each of its {@link #parts}. */
    public byte[] payload() {
        return Arrays.copyOfRange(framed, header, framed.length);
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
