package dev.switchboard.limit;

import dev.switchboard.time.NodeClock;
import io.github.bucket4j.TimeMeter;

/** The time that the node's clock measures. For any thread. */
record Elapsed(NodeClock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
        return clock.nanos();
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
