package dev.switchboard.config;

import java.time.Duration;

/**
 * How slow a client of HTTP may be, and how much it may say before its body; each is described where it is read. Sizes are in
 * bytes.
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
                http.key(
                                "headerTimeout",
                                "within it the head of a request must be there: after connecting, and later after its first"
                                        + " byte; see [Slow clients](limits.md)")
                        .duration(Duration.ofSeconds(10), LEAST, HOUR),
                http.key("bodyTimeout", "within it the body must be there, or each 64 KiB of it; 408")
                        .duration(Duration.ofSeconds(30), LEAST, HOUR),
                http.key("answerTimeout", "within it the client must take what was written, or each 64 KiB of it")
                        .duration(Duration.ofSeconds(30), LEAST, HOUR),
                http.key(
                                "keepAlive",
                                "how long a connection may wait for its next request; longer than a load balancer keeps its"
                                        + " own")
                        .duration(Duration.ofSeconds(75), LEAST, HOUR),
                http.key("requestLine", "the longest request line; 414").size(4 * KIB, 1024 * KIB),
                http.key("headerSize", "all headers of a request together; 431").size(8 * KIB, 1024 * KIB));
    }
}
