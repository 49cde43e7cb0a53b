package dev.switchboard.testkit;

import dev.switchboard.time.NodeClock;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The time of a {@link TestNode}, or of all nodes of a {@link TestCluster}. It goes on by itself, as time does, and a test moves
 * it on by more.
 *
 * <pre>{@code
 * node.clock().advance(Duration.ofMinutes(2));     // whoever was to come back within one has not
 * }</pre>
 *
 * <p>What it moves: every timer of this Vert.x, handlers' own among them; and what Switchboard measures time by for clients
 * (handler and ask time limits, handshake, pings, rates), for page tokens, and for what is kept of those that come back. What
 * it does not: {@link System#currentTimeMillis} and {@link Instant#now()}, threads that sleep, HTTP sessions, the browser's and
 * Socket.IO's polling sessions, and what Hazelcast counts by itself. For the thread of the test.
 */
public final class TestClock {
    /** Time passes in steps, so that what is asked in between is answered in time. */
    private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();

    private static final long MOST_STEPS = 500;

    private final Ahead ahead = new Ahead();
    private final ClockedTransport transport = new ClockedTransport(ahead);

    TestClock() {}

    /** One whose timers this clock moves. */
    VertxBuilder build() {
        return Vertx.builder().withTransport(transport);
    }

    /** What is deployed from now on asks this clock. */
    void set(Vertx vertx) {
        NodeClock.set(vertx, ahead);
    }

    /** What time it is for the node. */
    public Instant now() {
        return ahead.instant();
    }

    /**
     * Moves time on. What was due within it has begun when this returns: timers have fired, in their order, though for more than
     * a minute or so not each at its own moment. What handlers do then goes on; see {@link TestNode#settle}.
     *
     * @throws IllegalArgumentException when it is less than nothing
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back");
        }
        long nanos = by.toNanos();
        long steps = Math.max(1, Math.min(MOST_STEPS, nanos / STEP_NANOS));
        for (long step = 1; step <= steps; step++) {
            ahead.move(nanos / steps + (step == steps ? nanos % steps : 0));
            turn();
            // The first turn found out what is due, and may have run before it.
            turn();
        }
    }

    /** Every event loop runs what it has. */
    private void turn() {
        List<? extends Future<?>> turns = transport.loops().stream()
                .filter(loop -> !loop.isShuttingDown())
                .map(TestClock::wake)
                .toList();
        turns.forEach(Future::awaitUninterruptibly);
    }

    private static Future<?> wake(EventExecutor loop) {
        return loop.submit(() -> {});
    }
}
