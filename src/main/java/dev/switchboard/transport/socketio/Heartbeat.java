package dev.switchboard.transport.socketio;

import dev.switchboard.wire.PacketException;

/**
 * Whether the client is still there (protocol, "Heartbeat"): in protocol 4 the server pings, in protocol 3 the client. On the
 * event loop of its session.
 */
final class Heartbeat {
    /** What is to be done. */
    enum Beat {
        QUIET,
        PING,
        DEAD
    }

    private final boolean clientPings;
    private final Times times;

    /** When the client was heard. */
    private long heard;

    /** When it was asked, and has not answered; else 0. */
    private long asked;

    Heartbeat(boolean clientPings, Times times, long now) {
        this.clientPings = clientPings;
        this.times = times;
        this.heard = now;
    }

    /** All time before now is none. */
    void begin(long now) {
        heard = now;
        asked = 0;
    }

    /** The client pings or answers, which must be the one that it does. */
    void heard(PacketType type, long now) throws PacketException {
        if ((type == PacketType.PING) != clientPings) {
            throw new PacketException("this side of the heart does not beat");
        }
        begin(now);
    }

    Beat at(long now) {
        if (clientPings) {
            return now - heard > times.pingInterval() + times.pingTimeout() ? Beat.DEAD : Beat.QUIET;
        }
        if (asked != 0) {
            return now - asked > times.pingTimeout() ? Beat.DEAD : Beat.QUIET;
        }
        if (now - heard >= times.pingInterval()) {
            asked = now;
            return Beat.PING;
        }
        return Beat.QUIET;
    }
}
