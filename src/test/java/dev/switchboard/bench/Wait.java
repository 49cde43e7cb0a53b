package dev.switchboard.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Blocks the measuring thread. */
final class Wait {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private Wait() {}

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it took too long");
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Until what is under way has come, and what lingers is over. */
    static void settle() {
        pause(3_500);
    }

    static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
