package dev.switchboard.handler;

import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.Outcome;
import dev.switchboard.wire.EventNames;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The events of one socket at one handler instance: those that wait, and how many are being handled. */
final class HandlerLane {
    /** The hub hears of finished events at the latest after so many, or so long. */
    private static final int MOST_UNTOLD = 16;

    private static final long LONGEST_UNTOLD_MILLIS = 500;

    final Attributes attributes;
    private final ArrayDeque<EventMessage> waiting = new ArrayDeque<>(1);
    private int running;
    private boolean life;
    private int untold;
    private long told;
    private boolean lingering;

    HandlerLane(Attributes attributes) {
        this.attributes = attributes;
    }

    void add(EventMessage event) {
        waiting.add(event);
    }

    /** The next event that may start, now being handled; null when none may. */
    @Nullable
    EventMessage start() {
        EventMessage next = waiting.peek();
        if (next == null || running >= next.inFlight() || (running > 0 && (life || isLife(next)))) {
            return null;
        }
        running++;
        life = isLife(next);
        return waiting.remove();
    }

    /** Open and close run beside no other event. */
    private static boolean isLife(EventMessage event) {
        return EventNames.isLife(event.event());
    }

    /** An event ended; whether the hub must hear of it now, and not with a later one. */
    boolean end(EventMessage event, Outcome outcome, long now) {
        running--;
        untold++;
        boolean tell = event.answer()
                || outcome.failure() != null
                || event.inFlight() > 1
                || isIdle()
                || leavesForMiddleware()
                || untold >= MOST_UNTOLD
                || now - told > LONGEST_UNTOLD_MILLIS;
        if (tell) {
            untold = 0;
            told = now;
        }
        return tell;
    }

    /** What passes a middleware is counted by itself: its end would not tell of the events before it. */
    private boolean leavesForMiddleware() {
        EventMessage next = waiting.peek();
        return next != null && next.passage() != null;
    }

    /** Begins to stay a while although idle; false when it does so already. */
    boolean linger() {
        boolean begins = !lingering;
        lingering = true;
        return begins;
    }

    /** The while is over; whether the lane is still idle. */
    boolean lingered() {
        lingering = false;
        return isIdle();
    }

    boolean isIdle() {
        return running == 0 && waiting.isEmpty();
    }
}
