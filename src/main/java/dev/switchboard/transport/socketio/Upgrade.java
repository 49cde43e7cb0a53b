package dev.switchboard.transport.socketio;

import dev.switchboard.wire.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that is tried while the client polls (protocol, "Upgrade"). On the session's event loop.
 *
 * <pre>
 *   NONE ──a WebSocket──► TRIED ──ping probe──► TRIED ──upgrade──► the session's line
 *     ▲                     │
 *     ╰── it breaks a rule, is gone, or takes too long
 * </pre>
 */
final class Upgrade {
    private final Carrier carrier;
    private @Nullable Line tried;
    private long since;

    Upgrade(Carrier carrier) {
        this.carrier = carrier;
    }

    boolean isUnderWay() {
        return tried != null;
    }

    boolean is(Line line) {
        return line == tried;
    }

    void begin(Line line, long now) {
        tried = line;
        since = now;
    }

    /** The WebSocket that is tried brings a packet. */
    void take(Line from, EnginePacket packet) {
        if (packet.type() == PacketType.PING && packet.isProbe()) {
            from.write(packet.pong());
            carrier.probed();
        } else if (packet.type() == PacketType.UPGRADE) {
            tried = null;
            carrier.upgraded(from);
        } else {
            giveUp(CloseReason.PROTOCOL_ERROR);
        }
    }

    void giveUp(CloseReason reason) {
        Line line = tried;
        tried = null;
        if (line != null) {
            line.close(reason);
        }
    }

    /** The WebSocket that was tried is gone. */
    void gone() {
        tried = null;
    }

    /** @param limit how long one may be tried, in milliseconds */
    void expire(long now, long limit) {
        if (tried != null && now - since > limit) {
            giveUp(CloseReason.HANDSHAKE_TIMEOUT);
        }
    }
}
