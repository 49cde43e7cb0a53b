package dev.switchboard.testkit;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Blocks the thread of a test, never for longer than a deadline. */
final class Wait {
    /** Between two looks at what will be true soon. */
    private static final long LOOK_MICROS = 200;

    private final Duration limit;

    Wait(Duration limit) {
        this.limit = limit;
    }

    Duration limit() {
        return limit;
    }

    /** What it succeeds with; what it fails with is thrown, if it may be, else an AssertionError. */
    <T> T on(String what, Future<T> future) {
        return on(what, future.toCompletionStage().toCompletableFuture());
    }

    <T> T on(String what, CompletableFuture<T> future) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new AssertionError("awaited " + what + ", which failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("awaited " + what + " for " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while awaiting " + what, e);
        }
    }

    /** Until it is true. */
    void until(String what, Supplier<Future<Boolean>> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!on(what, condition.get())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("awaited " + what + " for " + limit);
            }
            on(what, later());
        }
    }

    private static CompletableFuture<Void> later() {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(LOOK_MICROS, TimeUnit.MICROSECONDS, Runnable::run));
    }
}
