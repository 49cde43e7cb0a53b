package dev.switchboard.config;

import java.time.Duration;

/**
 * What one client may use. Sizes are in bytes.
 *
 * @param message the largest message of a client; a larger one closes its socket with 1009
 * @param queue events of one socket that wait for a handler; beyond it, reading pauses
 * @param queueMessages the same, counted; beyond it, reading pauses, too
 * @param window events that may be on the way to one handler instance
 * @param outbox bytes that may wait for one client
 * @param outboxMessages messages that may wait for one client
 * @param sendBuffer bytes that the kernel keeps for one connection; 0 leaves it to the kernel
 * @param asks questions to one client that may be unanswered
 * @param rooms how many rooms one socket may be in
 * @param badFrames how many messages that nobody understands a socket survives
 * @param early how many messages may come before the socket is open
 * @param earlyBytes how large they may be together
 * @param auths how often a socket that is open may bring a token
 * @param refusals how often a socket may be told that it is too fast; beyond it, it is closed with 4029
 * @param handshake within it a client must have said who it is
 * @param ping how often a silent client is asked whether it is there
 * @param pong within it the client must answer
 */
public record Limits(
        int message,
        int queue,
        int queueMessages,
        int window,
        int outbox,
        int outboxMessages,
        int sendBuffer,
        int asks,
        int rooms,
        int badFrames,
        int early,
        int earlyBytes,
        Rate auths,
        Rate refusals,
        Duration handshake,
        Duration ping,
        Duration pong) {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static Limits read(Section limits) {
        return new Limits(
                limits.size("message", MIB, 256 * MIB),
                limits.size("queue", MIB, 256 * MIB),
                limits.number("queueMessages", 4096, 1, 1_000_000),
                limits.number("window", 64, 1, 100_000),
                limits.size("outbox", 8 * MIB, 256 * MIB),
                limits.number("outboxMessages", 65_536, 1, 10_000_000),
                limits.size("sendBuffer", 0, 256 * MIB),
                limits.number("asks", 256, 1, 1_000_000),
                limits.number("rooms", 1000, 1, 1_000_000),
                limits.number("badFrames", 100, 1, 1_000_000),
                limits.number("early", 16, 1, 10_000),
                limits.size("earlyBytes", 64 * KIB, 256 * MIB),
                limits.rate("auths", "1/s burst 20"),
                limits.rate("refusals", "1000/m"),
                limits.duration("handshake", Duration.ofSeconds(10), MILLISECOND, HOUR),
                limits.duration("ping", Duration.ofSeconds(25), MILLISECOND, HOUR),
                limits.duration("pong", Duration.ofSeconds(10), MILLISECOND, HOUR));
    }
}
