package dev.switchboard.transport.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;
import io.netty.util.ReferenceCountUtil;

/** The rules for frames that Netty's decoder does not know. One for each connection, on its event loop. */
final class FrameRules extends ChannelInboundHandlerAdapter {
    /** Enough for 16 MiB in parts of 64 bytes. */
    static final int MOST_FRAGMENTS = 1 << 18;

    private static final int FIRST_CLOSE_CODE = 1000;
    private static final int LAST_CLOSE_CODE = 4999;

    private final boolean compression;
    private int fragments;

    /** @param compression whether messages may be compressed (RFC 7692) */
    FrameRules(boolean compression) {
        this.compression = compression;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof WebSocketFrame frame) {
                check(frame);
            }
        } catch (CorruptedWebSocketFrameException fault) {
            ReferenceCountUtil.release(message);
            throw fault;
        }
        context.fireChannelRead(message);
    }

    private void check(WebSocketFrame frame) {
        boolean begins = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
        int allowed = compression && begins ? WebSocketExtension.RSV1 : 0;
        if ((frame.rsv() & ~allowed) != 0) {
            throw fault(WebSocketCloseStatus.PROTOCOL_ERROR, "reserved bits");
        }
        if (frame instanceof CloseWebSocketFrame close && isForeign(close)) {
            throw fault(WebSocketCloseStatus.PROTOCOL_ERROR, "no close code");
        }
        if (begins || frame instanceof ContinuationWebSocketFrame) {
            fragments = frame.isFinalFragment() ? 0 : fragments + 1;
            if (fragments > MOST_FRAGMENTS) {
                throw fault(WebSocketCloseStatus.MESSAGE_TOO_BIG, "too many fragments");
            }
        }
    }

    /** Netty, which reads the code as a signed number, knows of none above those for applications that it is none. */
    private static boolean isForeign(CloseWebSocketFrame close) {
        return close.content().readableBytes() >= Short.BYTES
                && (close.statusCode() < FIRST_CLOSE_CODE || close.statusCode() > LAST_CLOSE_CODE);
    }

    private static CorruptedWebSocketFrameException fault(WebSocketCloseStatus status, String text) {
        return new CorruptedWebSocketFrameException(status, text);
    }
}
