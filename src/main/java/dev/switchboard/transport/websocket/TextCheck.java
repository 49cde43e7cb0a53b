package dev.switchboard.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/**
 * Checks the UTF-8 of text as its bytes come in, before their frame is complete (RFC 6455 section 8.1), and passes on all
 * bytes before the first bad one. Text that came compressed is checked where it is inflated, and the rest of the protocol
 * by the decoder behind. One for each connection, on its event loop.
 */
final class TextCheck extends ChannelInboundHandlerAdapter {
    private static final int FINAL = 0x80;
    private static final int RESERVED = 0x70;
    private static final int CONTROL = 0x08;
    private static final int TEXT = 0x01;
    private static final int MASKED = 0x80;
    private static final long NOT_ASCII = 0x8080808080808080L;

    private final Utf8 utf8 = new Utf8();

    /** The header of the frame under way, as far as it has come. */
    private final byte[] header = new byte[14];

    private int headed;
    private boolean reading;
    private long rest;
    private long mask;
    private boolean checking;

    /** Whether the message under way is uncompressed text. */
    private boolean text;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        int bad = firstBad(bytes);
        if (bad < 0) {
            context.fireChannelRead(bytes);
            return;
        }
        context.fireChannelRead(bytes.slice(bytes.readerIndex(), bad - bytes.readerIndex()));
        throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "no UTF-8");
    }

    /** Where the text ends to be one; -1 when it does not. */
    private int firstBad(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (!reading) {
                header[headed++] = bytes.getByte(at++);
                if (headed == headerSize()) {
                    begin();
                }
            } else {
                int end = (int) Math.min(bytes.writerIndex(), at + rest);
                int bad = checking ? check(bytes, at, end) : -1;
                if (bad >= 0) {
                    return bad;
                }
                rest -= end - at;
                at = end;
            }
            if (reading && rest == 0 && !ends()) {
                return at - 1;
            }
        }
        return -1;
    }

    private int headerSize() {
        if (headed < 2) {
            return 2;
        }
        int length = header[1] & 0x7F;
        int lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        return 2 + lengthBytes + ((header[1] & MASKED) != 0 ? 4 : 0);
    }

    private void begin() {
        int opcode = header[0] & 0x0F;
        if (opcode != 0 && (opcode & CONTROL) == 0) {
            text = opcode == TEXT && (header[0] & RESERVED) == 0;
            utf8.reset();
        }
        int short7 = header[1] & 0x7F;
        int lengthEnd = short7 == 126 ? 4 : short7 == 127 ? 10 : 2;
        rest = lengthEnd == 2 ? short7 : number(2, lengthEnd) & Long.MAX_VALUE;
        long once = number(lengthEnd, headed);
        mask = (once << 32) | once;
        headed = 0;
        reading = true;
        checking = text && (opcode & CONTROL) == 0;
    }

    private long number(int from, int to) {
        long number = 0;
        for (int n = from; n < to; n++) {
            number = (number << 8) | (header[n] & 0xFF);
        }
        return number;
    }

    /** The frame is complete; false when its message is, too, and ends within a character. */
    private boolean ends() {
        reading = false;
        return !checking || (header[0] & FINAL) == 0 || utf8.isWhole();
    }

    private int check(ByteBuf bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (to - at >= 8 && utf8.isWhole() && ((bytes.getLong(at) ^ mask) & NOT_ASCII) == 0) {
                at += 8;
            } else if (utf8.take((byte) (bytes.getByte(at) ^ (mask >>> 56)))) {
                at++;
                mask = Long.rotateLeft(mask, 8);
            } else {
                return at;
            }
        }
        return -1;
    }
}
