package dev.switchboard.socket;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.HubMessage.Settled;
import dev.switchboard.bus.Outcome;
import dev.switchboard.metrics.EventMeters;
import dev.switchboard.routing.Route;
import dev.switchboard.tracing.OpenSpan;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The order of one socket's events. Events wait in a queue; up to a window of them is on the way to one handler
 * instance, which keeps their order. Before an event goes to another instance the socket waits until all that is on the
 * way is settled.
 *
 * <pre>
 *   offer ──► waiting ──pump──► under way ──settled / lost──► answered
 *             (bytes)           (window, one instance)
 * </pre>
 */
final class Lane {
    /** What a waiting event costs besides its data. */
    private static final int OVERHEAD = 64;

    /** How long after the handler's own time limit an instance is taken for dead. */
    private static final long GRACE_MILLIS = 1_000;

    /**
     * An event of the socket.
     *
     * @param id as the client calls it, 0 if it wants no answer
     * @param reason why the socket ended; for the events of its end only
     * @param told who hears how it ended; null when it is the client
     * @param read when it came, by {@link System#nanoTime}; 0 when no client sent it
     * @param span ends with it; null when nothing is traced
     */
    record Pending(
            String event,
            Payload data,
            long id,
            @Nullable CloseReason reason,
            @Nullable Consumer<Outcome> told,
            long read,
            @Nullable OpenSpan span) {
        /** A client sent it. */
        static Pending sent(String event, Payload data, long id) {
            long now = System.nanoTime();
            return new Pending(event, data, id, null, null, now == 0 ? 1 : now, null);
        }

        /** Of the socket's own life. */
        static Pending life(String event, Payload data, @Nullable CloseReason reason) {
            return new Pending(event, data, 0, reason, null, 0, null);
        }

        /** The same as a middleware has left it. */
        Pending passed(String name, Payload changed, Consumer<Outcome> back) {
            return new Pending(name, changed, id, reason, back, read, span);
        }

        /** The same, traced if there is a span. */
        Pending traced(@Nullable OpenSpan begun) {
            return begun == null ? this : new Pending(event, data, id, reason, told, read, begun);
        }

        /** It is over; its failure's code, or null. */
        void ends(@Nullable String failure) {
            if (span != null) {
                span.end(failure);
            }
        }

        /** Where its handling belongs. */
        @Nullable
        TraceContext trace() {
            return span == null ? null : span.context();
        }

        boolean isLife() {
            return EventNames.isLife(event);
        }

        boolean wantsAnswer() {
            return id != 0 || told != null;
        }

        int cost() {
            return OVERHEAD + data.size();
        }
    }

    /** What the lane needs of its socket. */
    interface Owner {
        Route route(String event);

        void dispatch(Announcement to, Pending event, long seq);

        void answer(Pending event, Outcome outcome);
    }

    private record UnderWay(long seq, Pending event, EventMeters meters) {
        /** A handler is done with it; of one whose end is told by a later one the time is not known. */
        void measure(long handlerNanos) {
            if (handlerNanos != 0) {
                meters.handled(handlerNanos);
            }
            if (event.read() != 0) {
                meters.over(System.nanoTime() - event.read());
            }
        }
    }

    private final Owner owner;
    private final int start;
    private final int window;
    private final int windowBytes;
    private final long timeoutMillis;
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>(0);
    private final ArrayDeque<UnderWay> underWay = new ArrayDeque<>(0);
    private @Nullable Announcement instance;
    private int bytes;
    private int bytesUnderWay;
    private long seq;
    private int turns;
    private long progress;
    private boolean pumping;

    /** An instance that let all its events up to {@code stuckSeq} time out, and has not been heard of since. */
    private @Nullable Announcement stuck;

    private long stuckSeq;

    /**
     * @param start any number that is spread evenly over sockets: it picks among instances
     * @param window how many events may be under way
     * @param windowBytes how large they may be together; a single one may be larger
     */
    Lane(Owner owner, int start, int window, int windowBytes, long timeoutMillis) {
        this.owner = owner;
        this.start = start;
        this.window = window;
        this.windowBytes = windowBytes;
        this.timeoutMillis = timeoutMillis;
    }

    /** Bytes that wait here, and not yet at the handler. */
    int bytes() {
        return bytes;
    }

    /** Events that wait here, and not yet at the handler. */
    int messages() {
        return waiting.size();
    }

    /** Whether nothing waits and nothing is under way. */
    boolean isIdle() {
        return waiting.isEmpty() && underWay.isEmpty();
    }

    void offer(Pending event, long now) {
        waiting.add(event);
        bytes += event.cost();
        pump(now);
    }

    /** Forgets what waits, and returns it; what is under way goes on. The client is told nothing. */
    List<Pending> drop() {
        List<Pending> dropped = List.copyOf(waiting);
        waiting.clear();
        bytes = 0;
        for (Pending event : dropped) {
            if (event.told() != null) {
                event.told().accept(Outcome.failed(ErrorCode.REFUSED));
            }
        }
        return dropped;
    }

    /** Sends what may go now. */
    void pump(long now) {
        // Who is told of an event that goes nowhere may offer another one, ever deeper.
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            pumpAll(now);
        } finally {
            pumping = false;
        }
    }

    private void pumpAll(long now) {
        while (!waiting.isEmpty() && hasRoom(waiting.element())) {
            Pending event = waiting.element();
            Route route = owner.route(event.event());
            if (route instanceof Route.Nowhere nowhere) {
                take(route);
                unrouted(event, nowhere.why());
                continue;
            }
            Route.To to = (Route.To) route;
            List<Announcement> instances = alive(to.instances(), event);
            if (instances.isEmpty()) {
                take(route);
                unrouted(event, ErrorCode.NO_HANDLER);
                continue;
            }
            Announcement next = choose(instances, to.here());
            if (next == null) {
                return;
            }
            take(route);
            send(next, event, route.meters(), now);
        }
    }

    private boolean hasRoom(Pending event) {
        return underWay.isEmpty() || (underWay.size() < window && bytesUnderWay + event.cost() <= windowBytes);
    }

    /** An instance that is stuck would only pile up what it gets. But a socket's end is told, late rather than never. */
    private List<Announcement> alive(List<Announcement> instances, Pending event) {
        if (stuck == null) {
            return instances;
        }
        List<Announcement> alive =
                instances.stream().filter(one -> !one.equals(stuck)).toList();
        return alive.isEmpty() && event.isLife() ? instances : alive;
    }

    /** Nobody need care that a socket opens or ends; any other event that goes nowhere has failed. */
    private void unrouted(Pending event, ErrorCode why) {
        boolean matters = !(event.isLife() && why == ErrorCode.UNKNOWN_EVENT);
        if (matters || event.told() != null) {
            owner.answer(event, matters ? Outcome.failed(why) : Outcome.DONE);
        }
    }

    private void take(Route route) {
        Pending taken = waiting.remove();
        bytes -= taken.cost();
        if (taken.read() != 0) {
            route.meters().came();
        }
    }

    private void send(Announcement to, Pending event, EventMeters meters, long now) {
        if (underWay.isEmpty()) {
            progress = now;
        }
        instance = to;
        underWay.add(new UnderWay(++seq, event, meters));
        bytesUnderWay += event.cost();
        owner.dispatch(to, event, seq);
    }

    /**
     * The instance that was at work if it will do, else any once nothing is under way; null to wait. On this node it is
     * always the same one, those of other nodes take turns.
     */
    private @Nullable Announcement choose(List<Announcement> instances, boolean here) {
        if (underWay.isEmpty()) {
            return instances.get(Math.floorMod(here ? start : start + turns++, instances.size()));
        }
        return instance != null && instances.contains(instance) ? instance : null;
    }

    /** A handler is done with an event; one that was given up before is ignored. */
    void settled(Settled done, long now) {
        if (done.seq() <= stuckSeq) {
            stuck = null;
        }
        while (done.upTo() && !underWay.isEmpty() && underWay.element().seq() < done.seq()) {
            Pending earlier = underWay.remove().event();
            bytesUnderWay -= earlier.cost();
            earlier.ends(null);
        }
        UnderWay over = remove(done.seq());
        if (over != null) {
            progress = now;
            over.measure(done.nanos());
            owner.answer(over.event(), done.outcome());
            pump(now);
        }
    }

    private @Nullable UnderWay remove(long seq) {
        for (Iterator<UnderWay> all = underWay.iterator(); all.hasNext(); ) {
            UnderWay next = all.next();
            if (next.seq() == seq) {
                all.remove();
                bytesUnderWay -= next.event().cost();
                return next;
            }
        }
        return null;
    }

    /** Gives up on an instance that has settled nothing for too long; until it is heard of it gets nothing more. */
    void expire(long now) {
        if (!underWay.isEmpty() && now - progress > timeoutMillis + GRACE_MILLIS) {
            stuck = instance;
            stuckSeq = seq;
            giveUp(ErrorCode.HANDLER_TIMEOUT, now);
        }
    }

    /** A node is lost: nobody will say how what was under way there ended. What waits goes elsewhere. */
    void lost(String node, long now) {
        if (instance != null && instance.node().equals(node)) {
            giveUp(ErrorCode.HANDLER_LOST, now);
        }
    }

    private void giveUp(ErrorCode why, long now) {
        List<UnderWay> given = List.copyOf(underWay);
        underWay.clear();
        bytesUnderWay = 0;
        given.forEach(event -> owner.answer(event.event(), Outcome.failed(why)));
        pump(now);
    }
}
