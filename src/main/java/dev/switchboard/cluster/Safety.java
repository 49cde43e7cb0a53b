package dev.switchboard.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether what this member keeps stands on another member, too. To find out it asks others, and waits for them: so it is
 * asked at most every few seconds, only while somebody wants to know, and not on the thread of who does. For any thread.
 */
final class Safety {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final HazelcastInstance hazelcast;
    private final Vertx vertx;
    private final AtomicLong asked = new AtomicLong(System.nanoTime() - PERIOD_NANOS);
    private volatile boolean safe = true;

    Safety(HazelcastInstance hazelcast, Vertx vertx) {
        this.hazelcast = hazelcast;
        this.vertx = vertx;
    }

    /** What was found the last time; true before the first. */
    boolean isSafe() {
        long last = asked.get();
        long now = System.nanoTime();
        if (now - last >= PERIOD_NANOS && asked.compareAndSet(last, now)) {
            vertx.executeBlocking(() -> hazelcast.getPartitionService().isLocalMemberSafe(), false)
                    .onComplete(found -> safe = found.succeeded() && found.result());
        }
        return safe;
    }
}
