package dev.switchboard.bench.load;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends at a rate, whatever the server does. A latency counts from the moment at which the message was due, not from that at which
 * it was written: so what waits behind a stall is measured, too (coordinated omission).
 */
final class OpenLoop implements Traffic.Tempo {
    private static final long SECOND = 1_000_000_000L;
    private static final int DIGITS = 3;

    private final EventLoop loop;
    private final int slots;
    private final long nanosBetween;
    private final long[] due;
    private final Histogram latencies = new Histogram(DIGITS);
    private long next;
    private int slot;

    OpenLoop(EventLoop loop, int slots, int perSecond) {
        this.loop = loop;
        this.slots = slots;
        this.nanosBetween = SECOND / perSecond;
        this.due = new long[slots];
    }

    @Override
    public void begin(Traffic traffic) {
        next = System.nanoTime();
        sendDue(traffic);
    }

    /** Again in each turn of the loop, which does not rest meanwhile: timers for a time to come are late. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the traffic
    private void sendDue(Traffic traffic) {
        if (!traffic.isRunning()) {
            return;
        }
        for (long now = System.nanoTime(); next <= now; next += nanosBetween) {
            if (!traffic.isFree(slot)) {
                traffic.ledger().fault(slots + " messages are under way: the server does not keep up");
                traffic.end();
                return;
            }
            due[slot] = next;
            traffic.send(slot);
            slot = (slot + 1) % slots;
        }
        traffic.read();
        loop.schedule(() -> sendDue(traffic), 1, TimeUnit.NANOSECONDS);
    }

    @Override
    public void done(Traffic traffic, int slot) {
        latencies.recordValue(System.nanoTime() - due[slot]);
    }

    /** Forgets what was until now. */
    void reset() {
        latencies.reset();
    }

    double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1_000.0;
    }
}
