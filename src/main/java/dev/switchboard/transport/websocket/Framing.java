package dev.switchboard.transport.websocket;

import dev.switchboard.metrics.Transport;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands between the messages of a WebSocket and those of a dialect. Stateless, for any thread. */
public interface Framing {
    /** Nothing stands between. */
    static Framing plain(Codec codec) {
        return () -> codec;
    }

    Codec codec();

    /** As what its connections are counted. */
    default Transport transport() {
        return Transport.WEBSOCKET;
    }

    /** The messages inside a WebSocket message; null when it is broken, which ends the connection. */
    default @Nullable List<byte[]> unwrap(byte[] message) {
        return List.of(message);
    }

    /** What is sent first. */
    default @Nullable Frame greeting() {
        return null;
    }

    /** What is sent along with a ping. */
    default @Nullable Frame heartbeat() {
        return null;
    }

    /** What is sent last, before the close frame. */
    default @Nullable Frame farewell(CloseReason reason) {
        return null;
    }
}
