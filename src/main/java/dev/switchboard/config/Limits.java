package dev.switchboard.config;

import java.time.Duration;

/**
 * What one client may use. Sizes are in bytes.
 *
 * @param message the largest message of a client; a larger one closes its socket with 1009
 * @param queue events of one socket that wait for a handler; beyond it, reading pauses
 * @param window events that may be on the way to one handler instance
 * @param outbox bytes that may wait for one client
 * @param outboxMessages messages that may wait for one client
 * @param asks questions to one client that may be unanswered
 * @param rooms how many rooms one socket may be in
 * @param badFrames how many messages that nobody understands a socket survives
 * @param handshake within it a client must have said who it is
 * @param ping how often a silent client is asked whether it is there
 * @param pong within it the client must answer
 */
public record Limits(
        int message,
        int queue,
        int window,
        int outbox,
        int outboxMessages,
        int asks,
        int rooms,
        int badFrames,
        Duration handshake,
        Duration ping,
        Duration pong) {
    private static final int MIB = 1 << 20;
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static Limits read(Section limits) {
        return new Limits(
                limits.size("message", MIB, 256 * MIB),
                limits.size("queue", MIB, 256 * MIB),
                limits.number("window", 64, 1, 100_000),
                limits.size("outbox", 8 * MIB, 256 * MIB),
                limits.number("outboxMessages", 65_536, 1, 10_000_000),
                limits.number("asks", 256, 1, 1_000_000),
                limits.number("rooms", 1000, 1, 1_000_000),
                limits.number("badFrames", 100, 1, 1_000_000),
                limits.duration("handshake", Duration.ofSeconds(10), MILLISECOND, HOUR),
                limits.duration("ping", Duration.ofSeconds(25), MILLISECOND, HOUR),
                limits.duration("pong", Duration.ofSeconds(10), MILLISECOND, HOUR));
    }
}
