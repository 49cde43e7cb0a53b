package dev.switchboard.client;

import dev.switchboard.wire.CloseReason;
import java.util.concurrent.ThreadLocalRandom;

/** The pauses between the connections of one client, one after the other. On the client's context. */
final class Pauses {
    private final BackOff backOff;
    private int attempt;
    private long last;

    Pauses(BackOff backOff) {
        this.backOff = backOff;
    }

    /**
     * How long to wait, in ms. A connection that outlasted the pause before it was a good one: counting starts anew.
     *
     * @param lasted how long the connection was open, in ms; 0 for one that never was
     */
    long next(End end, long lasted) {
        if (lasted > last) {
            attempt = 0;
        }
        double longest = backOff.max().toMillis();
        double step = Math.min(longest, backOff.min().toMillis() * Math.pow(backOff.factor(), attempt))
                * (1 - backOff.jitter() * chance());
        last = (long) Math.max(end.after() >= 0 ? end.after() : usual(end, step), attempt == 0 ? 0 : step);
        attempt++;
        return last;
    }

    private double usual(End end, double step) {
        if (end.code() == CloseReason.TOKEN_EXPIRED.code()) {
            return 0;
        }
        return end.code() == CloseReason.GOING_AWAY.code() ? backOff.min().toMillis() * chance() : step;
    }

    private static double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
