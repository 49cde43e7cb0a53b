package dev.switchboard.time;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.time.Instant;
import java.time.InstantSource;

/** What time it is for a node: the system's clocks, unless a test has set others before the node's start. For any thread. */
public interface NodeClock extends InstantSource, Shareable {
    /** The system's. */
    NodeClock SYSTEM = new NodeClock() {
        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };

    /** Nanoseconds since some moment; it never goes back, whatever is done to the time of day. */
    long nanos();

    /** That of this Vert.x. */
    static NodeClock of(Vertx vertx) {
        return map(vertx).getOrDefault("", SYSTEM);
    }

    /** What starts in this Vert.x from now on takes the time from this clock. */
    static void set(Vertx vertx, NodeClock clock) {
        map(vertx).put("", clock);
    }

    private static LocalMap<String, NodeClock> map(Vertx vertx) {
        return vertx.sharedData().getLocalMap("switchboard.clock");
    }
}
