package dev.switchboard.transport.websocket;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/** Makes messages of frames (RFC 6455 section 5.4). That fragments come in a legal order is checked below. */
final class MessageAssembler {
    /** Takes what was assembled. */
    interface Receiver {
        void message(byte[] message, boolean binary);

        /** What came cannot be taken; nothing more is assembled. */
        void refused(CloseReason reason);
    }

    private final int limit;
    private final Receiver receiver;
    private @Nullable Buffer fragments;
    private boolean binary;

    MessageAssembler(int limit, Receiver receiver) {
        this.limit = limit;
        this.receiver = receiver;
    }

    void frame(WebSocketFrame frame) {
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
            receiver.refused(CloseReason.TOO_BIG);
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
        byte[] bytes = message.getBytes();
        if (binary || Utf8.isValid(bytes)) {
            receiver.message(bytes, binary);
        } else {
            receiver.refused(CloseReason.INVALID_UTF8);
        }
    }
}
