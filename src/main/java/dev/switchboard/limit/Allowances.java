package dev.switchboard.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.config.Rate;
import io.github.bucket4j.TimeMeter;

/**
 * An {@link Allowance} of the same rate for each of many names. One that was left alone until it is full again is
 * forgotten, since a fresh one is the same; beyond a number of names those that are rare are forgotten earlier. For any
 * thread.
 */
final class Allowances {
    private final Rate rate;
    private final TimeMeter time;
    private final Cache<String, Allowance> kept;

    Allowances(Rate rate, int most, TimeMeter time) {
        this.rate = rate;
        this.time = time;
        Ticker ticker = time::currentTimeNanos;
        this.kept = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(rate.untilFull())
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    Allowance of(String name) {
        return kept.get(name, fresh -> new Allowance(rate, time));
    }

    /** How many are remembered. */
    long size() {
        kept.cleanUp();
        return kept.estimatedSize();
    }
}
