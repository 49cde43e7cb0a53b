package dev.switchboard.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.TimeUnit;

/** What is counted of one event of a namespace. Found once, when routes are made, so that an event costs no look-up. */
public final class EventMeters {
    private static final EventMeters NONE =
            of(new CompositeMeterRegistry(), "", "", Meter.LATENCY.timer(new CompositeMeterRegistry(), ""));

    private final Counter in;
    private final Timer handler;
    private final Timer latency;

    private EventMeters(Counter in, Timer handler, Timer latency) {
        this.in = in;
        this.handler = handler;
        this.latency = latency;
    }

    static EventMeters of(MeterRegistry registry, String namespace, String event, Timer latency) {
        return new EventMeters(
                Meter.EVENTS_IN.counter(registry, namespace, event),
                Meter.HANDLER.timer(registry, namespace, event),
                latency);
    }

    /** Counts nothing. */
    public static EventMeters none() {
        return NONE;
    }

    /** A client sent it, and it goes to its handler, if it has one. */
    public void came() {
        in.increment();
    }

    /** A handler is done with it, and took so long. */
    public void handled(long nanos) {
        handler.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** It is over for the client that sent it, so long after it was read. */
    public void over(long nanos) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
    }
}
