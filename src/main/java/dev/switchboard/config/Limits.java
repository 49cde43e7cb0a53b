package dev.switchboard.config;

import java.time.Duration;

/**
 * What one client may use; each is described where it is read. Sizes are in bytes.
 *
 * @param sendBuffer 0 leaves it to the kernel
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
                limits.key("message", "the largest message; a larger one closes with 1009")
                        .size(MIB, 256 * MIB),
                limits.key(
                                "queue",
                                "events that wait for a handler; beyond it the client is not read, or refused with"
                                        + " `TOO_MANY_PENDING`")
                        .size(MIB, 256 * MIB),
                limits.key("queueMessages", "the same, counted").number(4096, 1, 1_000_000),
                limits.key(
                                "window",
                                "events on the way to one handler instance, `limits.queue` bytes of them at most; it caps"
                                        + " `inFlight`, too")
                        .number(64, 1, 100_000),
                limits.key("outbox", "bytes that wait for the client; more close with 4008, or what `overflow` says")
                        .size(8 * MIB, 256 * MIB),
                limits.key("outboxMessages", "messages that wait for the client")
                        .number(65_536, 1, 10_000_000),
                limits.key(
                                "sendBuffer",
                                "bytes that the kernel keeps for one connection, at most; the kernel doubles it for its own"
                                        + " needs")
                        .otherwise("the kernel's")
                        .size(0, 256 * MIB),
                limits.key("asks", "questions to the client that are unanswered")
                        .number(256, 1, 1_000_000),
                limits.key("rooms", "rooms that one socket is in; a room's name has at most 1,024 characters")
                        .number(1000, 1, 1_000_000),
                limits.key("badFrames", "messages that are not understood; more close with 4400")
                        .number(100, 1, 1_000_000),
                limits.key("early", "messages that come before the socket is open; more close with 4400")
                        .number(16, 1, 10_000),
                limits.key("earlyBytes", "how large they are together").size(64 * KIB, 256 * MIB),
                limits.key("auths", "how often an open socket brings a token; more are refused with `RATE_LIMITED`")
                        .rate("1/s burst 20"),
                limits.key("refusals", "how often a socket is told that it is too fast; then it is closed with 4029")
                        .rate("1000/m"),
                limits.key("handshake", "within it the client must say who it is; 4408")
                        .duration(Duration.ofSeconds(10), MILLISECOND, HOUR),
                limits.key("ping", "a WebSocket client that is silent so long is pinged")
                        .duration(Duration.ofSeconds(25), MILLISECOND, HOUR),
                limits.key("pong", "and is taken for dead when it does not answer within this")
                        .duration(Duration.ofSeconds(10), MILLISECOND, HOUR));
    }
}
