package dev.switchboard.config;

import java.time.Duration;

/**
 * How slow a client of HTTP may be, and how much it may say before its body. Sizes are in bytes.
 *
 * @param headerTimeout within it the head of a request must be there: from the connection's first moment, later from the
 *     head's first byte
 * @param bodyTimeout within it a body must be there, or each 64 KiB of it
 * @param answerTimeout within it what was written must have been taken, or each 64 KiB of it
 * @param keepAlive how long a connection may wait for its next request
 * @param requestLine the longest request line; a longer one is answered 414
 * @param headerSize all headers of a request together; more are answered 431
 */
public record HttpLimits(
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration answerTimeout,
        Duration keepAlive,
        int requestLine,
        int headerSize) {
    private static final int KIB = 1024;
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration HOUR = Duration.ofHours(1);

    static HttpLimits read(Section http) {
        return new HttpLimits(
                http.duration("headerTimeout", Duration.ofSeconds(10), LEAST, HOUR),
                http.duration("bodyTimeout", Duration.ofSeconds(30), LEAST, HOUR),
                http.duration("answerTimeout", Duration.ofSeconds(30), LEAST, HOUR),
                http.duration("keepAlive", Duration.ofSeconds(75), LEAST, HOUR),
                http.size("requestLine", 4 * KIB, 1024 * KIB),
                http.size("headerSize", 8 * KIB, 1024 * KIB));
    }
}
