package dev.switchboard.client;

import java.time.Duration;

/**
 * How long a client waits before it connects again: {@code min * factor ^ n}, at most {@code max}, of which the part
 * {@code jitter} is left to chance, so that those who lost their connection together do not come back together.
 *
 * @param min the first pause
 * @param max the longest
 * @param factor by how much each is longer than the one before; at least 1
 * @param jitter from 0 to 1
 */
public record BackOff(Duration min, Duration max, double factor, double jitter) {
    /** From a second to half a minute, doubling, half of it chance. */
    public static final BackOff DEFAULT = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, 0.5);

    public BackOff {
        if (min.toMillis() < 1 || max.compareTo(min) < 0) {
            throw new IllegalArgumentException("a pause is at least 1 ms, and the longest no shorter than the first");
        }
        if (!(factor >= 1) || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("a factor is at least 1, and jitter from 0 to 1");
        }
    }
}
