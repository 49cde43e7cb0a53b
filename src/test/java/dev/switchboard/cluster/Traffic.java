package dev.switchboard.cluster;

import dev.switchboard.bus.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one node sends to the others. For any thread. */
public final class Traffic {
    private static final String NODES = Addresses.node("");

    private final LongAdder batches = new LongAdder();
    private final LongAdder parcels = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    private Traffic() {}

    /**
     * What has been sent.
     *
     * @param bytes without the event bus's own header
     */
    public record Sent(long batches, long parcels, long bytes) {
        public Sent since(Sent before) {
            return new Sent(batches - before.batches, parcels - before.parcels, bytes - before.bytes);
        }

        public Sent and(Sent other) {
            return new Sent(batches + other.batches, parcels + other.parcels, bytes + other.bytes);
        }
    }

    public static Traffic of(Vertx vertx) {
        Traffic traffic = new Traffic();
        vertx.eventBus().<Buffer>addOutboundInterceptor(context -> {
            if (context.message().address().startsWith(NODES)) {
                traffic.count((Buffer) context.body());
            }
            context.next();
        });
        return traffic;
    }

    private void count(Buffer batch) {
        In in = new In(batch.getBytes());
        in.tag();
        in.text();
        in.number();
        in.number();
        batches.increment();
        parcels.add(in.number());
        bytes.add(batch.length());
    }

    public Sent sent() {
        return new Sent(batches.sum(), parcels.sum(), bytes.sum());
    }
}
