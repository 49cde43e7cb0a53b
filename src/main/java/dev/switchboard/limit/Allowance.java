package dev.switchboard.limit;

import dev.switchboard.config.Rate;
import dev.switchboard.time.NodeClock;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.util.concurrent.TimeUnit;

/** A token bucket: so many at once, and again as time goes by. For any thread. */
public final class Allowance {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Bucket bucket;

    /** Full now. */
    public Allowance(Rate rate, NodeClock clock) {
        this(rate, new Elapsed(clock));
    }

    Allowance(Rate rate, TimeMeter time) {
        bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.times(), rate.period()))
                .withCustomTimePrecision(time)
                .build();
    }

    /** Takes one: 0, or in how many milliseconds there is another. */
    public long take() {
        if (bucket.tryConsume(1)) {
            return 0;
        }
        long wait = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return Math.max(1, (wait + NANOS - 1) / NANOS);
    }

    /** One that was taken was not needed. */
    void putBack() {
        bucket.addTokens(1);
    }
}
