package dev.switchboard.socket;

import dev.switchboard.config.Limits;
import dev.switchboard.time.NodeClock;

/** The time limits of a socket, which its hub looks at every now and then. */
final class Timeouts {
    /** How long a closed connection may take to end by itself, and how long what is at work may hold up a socket's end. */
    private static final long CLOSING_MILLIS = 5_000;

    private final Identity identity;
    private final NodeClock clock;
    private final Limits limits;
    private final Pulse pulse;
    private long since;

    Timeouts(Identity identity, NodeClock clock, Limits limits, Connection connection, long now) {
        this.identity = identity;
        this.clock = clock;
        this.limits = limits;
        this.pulse = new Pulse(connection, limits, now);
        this.since = now;
    }

    /** Another part of the socket's life begins. */
    void begin(long now) {
        since = now;
    }

    /** The peer gave a sign of life. */
    void heard(long now) {
        pulse.heard(now);
    }

    boolean isTokenExpired() {
        return identity.isExpired(clock.millis());
    }

    /** Whether a socket that is not in yet has had its time. */
    boolean isLate(long now) {
        return now - since > limits.handshake().toMillis();
    }

    /** Pings the peer if it is time; false when it has not answered in time. */
    boolean beats(long now) {
        return pulse.beats(now);
    }

    /** Whether what ends has taken too long. */
    boolean isOverdue(long now) {
        return now - since > CLOSING_MILLIS;
    }
}
