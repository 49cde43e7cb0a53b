package dev.switchboard.testkit;

import dev.switchboard.time.NodeClock;
import io.netty.util.concurrent.Ticker;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clocks, and by how much a test is ahead of them. For any thread. */
final class Ahead implements NodeClock, Ticker {
    private final AtomicLong nanos = new AtomicLong();

    void move(long by) {
        nanos.addAndGet(by);
    }

    // ---- what Switchboard asks

    @Override
    public Instant instant() {
        return Instant.now().plusNanos(nanos.get());
    }

    @Override
    public long nanos() {
        return System.nanoTime() + nanos.get();
    }

    // ---- what Netty's event loops ask

    @Override
    public long nanoTime() {
        return Ticker.systemTicker().nanoTime() + nanos.get();
    }

    /**
     * An event loop that selects takes the time from the system and subtracts this to find out how long it may wait: so this
     * goes back as far as the time went on.
     */
    @Override
    public long initialNanoTime() {
        return Ticker.systemTicker().initialNanoTime() - nanos.get();
    }

    @Override
    public void sleep(long delay, TimeUnit unit) throws InterruptedException {
        Ticker.systemTicker().sleep(delay, unit);
    }
}
