package dev.switchboard.transport.socketio;

import dev.switchboard.config.Limits;
import dev.switchboard.config.SocketIoConfig;

/**
 * How long sessions wait, in milliseconds.
 *
 * @param tick how often they look at the clock
 * @param pingInterval how long a side that pings waits before it does so again
 * @param pingTimeout within it the other side must have answered
 * @param connect how long a session may be in no namespace
 * @param upgrade how long a WebSocket may take to be tried out
 * @param closing how long what is said last waits for its request
 */
record Times(long tick, long pingInterval, long pingTimeout, long connect, long upgrade, long closing) {
    private static final long SLOWEST = 500;
    private static final long CLOSING = 5_000;

    static Times of(SocketIoConfig config, Limits limits) {
        long interval = config.pingInterval().toMillis();
        long timeout = config.pingTimeout().toMillis();
        long connect = limits.handshake().toMillis();
        long shortest = Math.min(connect, Math.min(interval, timeout));
        return new Times(
                Math.max(1, Math.min(SLOWEST, shortest / 4)),
                interval,
                timeout,
                connect,
                config.upgradeTimeout().toMillis(),
                CLOSING);
    }
}
