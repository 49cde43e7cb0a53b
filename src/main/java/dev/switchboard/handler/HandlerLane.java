package dev.switchboard.handler;

import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.Outcome;
import dev.switchboard.wire.EventNames;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The events of one socket at one handler instance: those that wait, how many are being handled, and those that leave, of
 * which the handler knows no more but the end is not known yet. What ends behind these is told after them.
 */
final class HandlerLane {
    /** The hub hears of finished events at the latest after so many, or so long. */
    private static final int MOST_UNTOLD = 16;

    private static final long LONGEST_UNTOLD_MILLIS = 500;

    /** How an event ended. */
    record Ended(EventMessage event, Outcome outcome, long nanos) {}

    /** An event that leaves, or ended behind one that does. */
    private static final class Leaving {
        private final EventMessage event;
        private @Nullable Ended end;

        Leaving(EventMessage event) {
            this.event = event;
        }
    }

    final Attributes attributes;
    private final ArrayDeque<EventMessage> waiting = new ArrayDeque<>(1);
    private final ArrayDeque<Leaving> leaving = new ArrayDeque<>(0);
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
        if (next == null
                || running >= next.inFlight()
                || (running > 0 && (life || isLife(next)))
                || (isLeaving() && next.passage() != null)) {
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

    /** The handler of this event has nothing left to do. */
    void leave(EventMessage event) {
        running--;
        leaving.add(new Leaving(event));
    }

    boolean isLeaving() {
        return !leaving.isEmpty();
    }

    /** An event ended. */
    void end() {
        running--;
    }

    /** An event ended that leaves, or some other while one leaves: {@link #ended} says whose end may be told. */
    void end(EventMessage event, Outcome outcome, long nanos) {
        Leaving its = leaving.stream()
                .filter(one -> one.event.seq() == event.seq())
                .findFirst()
                .orElse(null);
        if (its == null) {
            end();
            its = new Leaving(event);
            leaving.add(its);
        }
        its.end = new Ended(event, outcome, nanos);
    }

    /** The next end to tell of, in the order of the events; null when it is not known yet. */
    @Nullable
    Ended ended() {
        Leaving first = leaving.peek();
        if (first == null || first.end == null) {
            return null;
        }
        return leaving.remove().end;
    }

    /** Whether the hub must hear of an end now, and not with a later one. */
    boolean tells(EventMessage event, Outcome outcome, long now) {
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
        return running == 0 && leaving.isEmpty() && waiting.isEmpty();
    }
}
