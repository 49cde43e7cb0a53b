package dev.switchboard.socket;

import dev.switchboard.config.Limits;

/** Whether the peer is still there: after a silence it is pinged, after a longer one it is taken for dead. */
final class Pulse {
    private final Connection connection;
    private final long pingAfter;
    private final long pongWithin;
    private long heard;
    private long pinged;

    Pulse(Connection connection, Limits limits, long now) {
        this.connection = connection;
        this.pingAfter = limits.ping().toMillis();
        this.pongWithin = limits.pong().toMillis();
        this.heard = now;
    }

    /** The peer gave a sign of life. */
    void heard(long now) {
        heard = now;
        pinged = 0;
    }

    /**
     * Pings if it is time; false when the peer has not answered in time. A peer that cannot be pinged is not dead, and
     * none is because this process was paused: the time for its answer begins with the ping.
     */
    boolean beats(long now) {
        if (pinged != 0) {
            return now - pinged <= pongWithin;
        }
        if (now - heard > pingAfter && connection.ping()) {
            pinged = now;
        }
        return true;
    }
}
