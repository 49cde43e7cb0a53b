package dev.switchboard.transport.sockjs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.metrics.Transport;
import dev.switchboard.transport.websocket.Framing;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SockJS on a WebSocket. */
final class SockJsFraming implements Framing {
    private final Frame greeting = Frame.text(SockJsFrames.OPEN.getBytes(UTF_8));
    private final Frame heartbeat = Frame.text(SockJsFrames.HEARTBEAT.getBytes(UTF_8));

    @Override
    public Codec codec() {
        return Codec.SOCKJS;
    }

    @Override
    public Transport transport() {
        return Transport.SOCKJS_WEBSOCKET;
    }

    @Override
    public @Nullable List<byte[]> unwrap(byte[] message) {
        return message.length == 0 ? List.of() : SockJsFrames.messages(new String(message, UTF_8));
    }

    @Override
    public Frame greeting() {
        return greeting;
    }

    @Override
    public Frame heartbeat() {
        return heartbeat;
    }

    @Override
    public Frame farewell(CloseReason reason) {
        return Frame.text(SockJsFrames.close(reason).getBytes(UTF_8));
    }
}
