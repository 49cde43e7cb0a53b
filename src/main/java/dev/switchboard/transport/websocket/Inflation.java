package dev.switchboard.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates messages that came compressed (RFC 7692 section 7.2.2), checks the UTF-8 of those that are text, and stops as
 * soon as one is larger than messages may be: a small frame can hold a very large one. One for each connection that has
 * agreed on it, on its event loop.
 */
final class Inflation extends ChannelInboundHandlerAdapter {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    /** How many times the space of the compressed bytes is made ready at first. */
    private static final int USUAL_RATIO = 4;

    private static final int LEAST = 256;

    private final Inflater inflater = new Inflater(true);
    private final Utf8 utf8 = new Utf8();
    private final int limit;
    private final boolean forgetting;
    private boolean inflating;
    private boolean text;

    /** Bytes of the message under way, inflated. */
    private int size;

    /**
     * @param limit bytes of the largest message
     * @param forgetting whether the peer uses nothing of one message in the next
     */
    Inflation(int limit, boolean forgetting) {
        this.limit = limit;
        this.forgetting = forgetting;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebSocketFrame frame && isCompressed(frame)) {
            WebSocketFrame inflated;
            try {
                inflated = inflate(context, frame);
            } finally {
                frame.release();
            }
            context.fireChannelRead(inflated);
        } else {
            context.fireChannelRead(message);
        }
    }

    private boolean isCompressed(WebSocketFrame frame) {
        return frame.rsv() != 0 || (inflating && frame instanceof ContinuationWebSocketFrame);
    }

    private WebSocketFrame inflate(ChannelHandlerContext context, WebSocketFrame frame) {
        begin(frame);
        byte[] in = ByteBufUtil.getBytes(frame.content());
        int room = limit - size + 1;
        int first = (int) Math.min(room, Math.max(LEAST, (long) USUAL_RATIO * in.length));
        ByteBuf out = context.alloc().heapBuffer(first, room);
        try {
            inflate(in, out);
            if (frame.isFinalFragment()) {
                inflate(TAIL, out);
            }
            size += out.readableBytes();
            check(out, frame.isFinalFragment());
            ByteBuf content = out.retain();
            return frame instanceof ContinuationWebSocketFrame
                    ? new ContinuationWebSocketFrame(frame.isFinalFragment(), 0, content)
                    : text
                            ? new TextWebSocketFrame(frame.isFinalFragment(), 0, content)
                            : new BinaryWebSocketFrame(frame.isFinalFragment(), 0, content);
        } catch (DataFormatException e) {
            throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "not to be inflated", e);
        } finally {
            out.release();
        }
    }

    private void begin(WebSocketFrame frame) {
        if (!(frame instanceof ContinuationWebSocketFrame)) {
            text = frame instanceof TextWebSocketFrame;
            size = 0;
            utf8.reset();
            if (forgetting) {
                inflater.reset();
            }
        }
        inflating = !frame.isFinalFragment();
    }

    private void inflate(byte[] in, ByteBuf out) throws DataFormatException {
        inflater.setInput(in);
        int count;
        do {
            if (out.maxWritableBytes() == 0) {
                throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.MESSAGE_TOO_BIG, "inflates too far");
            }
            out.ensureWritable(1);
            count = inflater.inflate(out.array(), out.arrayOffset() + out.writerIndex(), out.writableBytes());
            out.writerIndex(out.writerIndex() + count);
            if (inflater.finished()) {
                // A peer may end the whole stream, and begin another.
                int rest = inflater.getRemaining();
                inflater.reset();
                inflater.setInput(in, in.length - rest, rest);
                count = rest;
            }
        } while (count > 0);
    }

    private void check(ByteBuf out, boolean complete) {
        boolean good = !text || (out.forEachByte(utf8::take) < 0 && (!complete || utf8.isWhole()));
        if (!good) {
            throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "no UTF-8");
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        inflater.end();
    }
}
