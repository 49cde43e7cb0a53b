package dev.switchboard.transport.websocket;

import dev.switchboard.wire.CloseReason;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of frames (RFC 6455 section 5.4). That fragments come in a legal order and carry legal UTF-8 is checked
 * below.
 */
final class MessageAssembler {
    private final int limit;
    private final WebSocketLine.Listener listener;
    private @Nullable ByteArrayOutputStream fragments;
    private boolean binary;
    private boolean refused;

    MessageAssembler(int limit, WebSocketLine.Listener listener) {
        this.limit = limit;
        this.listener = listener;
    }

    /** Takes a frame of a message; it stays the caller's. */
    void frame(WebSocketFrame frame) {
        if (refused) {
            return;
        }
        byte[] payload = ByteBufUtil.getBytes(frame.content());
        if (frame instanceof ContinuationWebSocketFrame) {
            append(frame, payload);
        } else {
            binary = frame instanceof BinaryWebSocketFrame;
            if (frame.isFinalFragment()) {
                listener.message(payload, binary);
            } else {
                fragments = new ByteArrayOutputStream();
                append(frame, payload);
            }
        }
    }

    private void append(WebSocketFrame frame, byte[] payload) {
        ByteArrayOutputStream all = fragments == null ? new ByteArrayOutputStream() : fragments;
        if (all.size() + payload.length > limit) {
            fragments = null;
            refused = true;
            listener.violated(CloseReason.TOO_BIG);
            return;
        }
        all.writeBytes(payload);
        fragments = all;
        if (frame.isFinalFragment()) {
            fragments = null;
            listener.message(all.toByteArray(), binary);
        }
    }
}
