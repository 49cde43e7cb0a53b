package dev.switchboard.transport.websocket;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of frames (RFC 6455 section 5.4). That fragments come in a legal order and carry legal UTF-8 is checked
 * below.
 */
final class MessageAssembler {
    private final int limit;
    private final WebSocketLine.Listener listener;
    private @Nullable Buffer fragments;
    private boolean binary;
    private boolean refused;

    MessageAssembler(int limit, WebSocketLine.Listener listener) {
        this.limit = limit;
        this.listener = listener;
    }

    void frame(WebSocketFrame frame) {
        if (refused) {
            return;
        }
        if (frame.isContinuation()) {
            append(frame);
        } else {
            binary = frame.isBinary();
            if (frame.isFinal()) {
                complete(frame.binaryData());
            } else {
                fragments = Buffer.buffer();
                append(frame);
            }
        }
    }

    private void append(WebSocketFrame frame) {
        Buffer all = fragments == null ? Buffer.buffer() : fragments;
        if (all.length() + frame.binaryData().length() > limit) {
            fragments = null;
            refused = true;
            listener.violated(CloseReason.TOO_BIG);
            return;
        }
        all.appendBuffer(frame.binaryData());
        fragments = all;
        if (frame.isFinal()) {
            fragments = null;
            complete(all);
        }
    }

    private void complete(Buffer message) {
        listener.message(message.getBytes(), binary);
    }
}
