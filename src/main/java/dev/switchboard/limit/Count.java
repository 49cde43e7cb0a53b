package dev.switchboard.limit;

import java.util.concurrent.atomic.AtomicInteger;

/** So many at once, and no more. For any thread. */
public final class Count {
    private final AtomicInteger taken = new AtomicInteger();
    private final int most;

    Count(int most) {
        this.most = most;
    }

    /** Takes one; false when all are taken. Whoever got one calls {@link #giveBack} once. */
    public boolean take() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    public void giveBack() {
        taken.decrementAndGet();
    }

    int taken() {
        return taken.get();
    }
}
