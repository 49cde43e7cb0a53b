package dev.switchboard.handler;

import dev.switchboard.time.NodeClock;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Time limits of what is under way. Of those with the same limit the first is over first, so one timer looks after all of
 * them: to set one, and cancel it, for each event costs more than most handlers.
 *
 * <p>On one context.
 */
final class Deadlines<T> {
    private final Vertx vertx;
    private final NodeClock clock;
    private final Consumer<T> late;

    /** What is under way, and when it is late by the clock, in the order begun; by its limit. */
    private final Map<Long, Map<T, Long>> running = new HashMap<>();

    /** @param late told what has not ended in time; ends and begins nothing itself */
    Deadlines(Vertx vertx, Consumer<T> late) {
        this.vertx = vertx;
        this.clock = NodeClock.of(vertx);
        this.late = late;
    }

    void begin(T one, long limitMillis) {
        Map<T, Long> same = running.get(limitMillis);
        if (same == null) {
            same = new LinkedHashMap<>();
            running.put(limitMillis, same);
            look(same, limitMillis, limitMillis);
        }
        same.put(one, clock.nanos() + TimeUnit.MILLISECONDS.toNanos(limitMillis));
    }

    void end(T one, long limitMillis) {
        Map<T, Long> same = running.get(limitMillis);
        if (same != null) {
            same.remove(one);
        }
    }

    private void look(Map<T, Long> same, long limitMillis, long delayMillis) {
        vertx.setTimer(Math.max(1, delayMillis), t -> {
            long left = tellLate(same);
            if (left > 0) {
                look(same, limitMillis, left);
            } else {
                running.remove(limitMillis);
            }
        });
    }

    /** Returns after how many milliseconds the next one is late; 0 when nothing is under way. */
    private long tellLate(Map<T, Long> same) {
        long now = clock.nanos();
        for (Iterator<Map.Entry<T, Long>> all = same.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<T, Long> next = all.next();
            long left = next.getValue() - now;
            if (left > 0) {
                return 1 + TimeUnit.NANOSECONDS.toMillis(left);
            }
            all.remove();
            late.accept(next.getKey());
        }
        return 0;
    }
}
