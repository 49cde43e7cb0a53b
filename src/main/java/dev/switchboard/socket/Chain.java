package dev.switchboard.socket;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.HubMessage.Settled;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Passage;
import dev.switchboard.bus.Passage.Point;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the connection of one socket, and its packets, through the middleware of the namespace.
 *
 * <pre>
 *   in ──► first ──► second ──► inside: the socket opens, the event is handled
 *                                  │
 *  over ◄── first ◄── second ◄─────╯ back
 * </pre>
 *
 * Whoever refuses on the way in turns it back there; those that it had passed hear how it ended.
 */
final class Chain {
    /** How long after the middleware's own time limit it is taken for dead. */
    private static final long GRACE_MILLIS = 1_000;

    /** What is dispatched to a middleware; without a trace where nothing is traced. */
    record Call(
            Passage passage,
            String event,
            Payload data,
            @Nullable CloseReason reason,
            @Nullable TraceContext trace) {}

    /** What the chain needs of its socket. */
    interface Owner {
        /** The running instances of a middleware of this kind; empty when there is none just now. */
        List<Announcement> middleware(String kind, String verticle);

        /**
         * Sends it to an instance, which answers by {@link Settled}.
         *
         * @param seq negative: handlers count upwards from 1
         */
        void dispatch(Announcement to, Call call, long seq);

        /** Milliseconds since some moment. */
        long now();
    }

    private record Waiting(Consumer<Outcome> answered, long deadline) {}

    private record Layer(Announcement instance, long visit) {}

    private final Owner owner;
    private final int start;
    private final long timeoutMillis;
    private final Map<Long, Waiting> waiting = new HashMap<>(0);
    private long visits;
    private long seq;
    private int walks;

    /** @param start any number that is spread evenly over sockets: it picks among instances */
    Chain(Owner owner, int start, long timeoutMillis) {
        this.owner = owner;
        this.start = start;
        this.timeoutMillis = timeoutMillis;
    }

    /** Whether nothing is on its way. */
    boolean isIdle() {
        return walks == 0;
    }

    /**
     * Something sets out.
     *
     * @param trace where it belongs; null when nothing is traced
     * @param inside runs when all layers are passed; then somebody calls {@link Walk#back}
     * @param over runs at last, with the outcome
     */
    Walk walk(
            Point point,
            List<String> layers,
            String event,
            Payload data,
            @Nullable TraceContext trace,
            Consumer<Walk> inside,
            Consumer<Outcome> over) {
        walks++;
        Walk walk = new Walk(point, layers, trace, inside, over);
        walk.event = event;
        walk.data = data;
        walk.in();
        return walk;
    }

    /** A middleware is done with what it was told; true if it was one of these. */
    boolean settled(Settled done) {
        Waiting call = waiting.remove(done.seq());
        if (call != null) {
            call.answered().accept(done.outcome());
        }
        return done.seq() < 0;
    }

    /** Gives up on a middleware that has said nothing for too long. */
    void expire(long now) {
        if (!waiting.isEmpty()) {
            for (Map.Entry<Long, Waiting> call : List.copyOf(waiting.entrySet())) {
                if (call.getValue().deadline() < now && waiting.remove(call.getKey()) != null) {
                    call.getValue().answered().accept(Outcome.failed(ErrorCode.HANDLER_TIMEOUT));
                }
            }
        }
    }

    private void call(Announcement to, Call call, Consumer<Outcome> answered) {
        waiting.put(--seq, new Waiting(answered, owner.now() + timeoutMillis + GRACE_MILLIS));
        owner.dispatch(to, call, seq);
    }

    /** One connection or packet on its way. */
    final class Walk {
        private final Point point;
        private final List<String> layers;
        private final @Nullable TraceContext trace;
        private final Consumer<Walk> inside;
        private final Consumer<Outcome> over;
        private final ArrayDeque<Layer> passed = new ArrayDeque<>(1);
        private String event = "";
        private Payload data = Payload.absent();
        private @Nullable CloseReason reason;

        private Walk(
                Point point,
                List<String> layers,
                @Nullable TraceContext trace,
                Consumer<Walk> inside,
                Consumer<Outcome> over) {
            this.point = point;
            this.layers = layers;
            this.trace = trace;
            this.inside = inside;
            this.over = over;
        }

        /** The name of the event, as middleware has left it. */
        String event() {
            return event;
        }

        /** Its data, as middleware has left it. */
        Payload data() {
            return data;
        }

        private void in() {
            if (reason != null) {
                back(Outcome.failed(ErrorCode.REFUSED));
            } else if (passed.size() == layers.size()) {
                inside.accept(this);
            } else {
                enter(layers.get(passed.size()));
            }
        }

        private void enter(String middleware) {
            List<Announcement> instances = running(middleware);
            if (instances.isEmpty()) {
                back(Outcome.failed(ErrorCode.NO_HANDLER));
                return;
            }
            Layer layer = new Layer(instances.get(Math.floorMod(start, instances.size())), ++visits);
            call(
                    layer.instance(),
                    new Call(new Passage(point, layer.visit(), null), event, data, null, trace),
                    answer -> {
                        if (answer.failure() == null) {
                            passed.push(layer);
                            take(answer.data());
                            in();
                        } else {
                            if (answer.failure().code().equals(ErrorCode.HANDLER_TIMEOUT.name())) {
                                tellBack(layer, answer, late -> {});
                            }
                            back(answer);
                        }
                    });
        }

        /** What the middleware changed, if anything. */
        private void take(Payload change) {
            if (!change.isAbsent()) {
                JsonObject changed = change.object();
                event = changed.getString("event", event);
                if (changed.containsKey("data")) {
                    data = Payload.of(changed.getValue("data"));
                } else if (changed.containsKey("absent")) {
                    data = Payload.absent();
                }
            }
        }

        /** The socket ended: the way in ends, or the way back begins. */
        void end(CloseReason why) {
            boolean isInside = passed.size() == layers.size();
            reason = why;
            if (isInside) {
                back(Outcome.DONE);
            }
        }

        /** What is inside is over; the layers that were passed hear of it, the innermost first. */
        void back(Outcome outcome) {
            Layer layer = passed.poll();
            if (layer == null) {
                walks--;
                over.accept(outcome);
            } else {
                tellBack(layer, outcome, answer -> back(answer.failure() == null ? outcome : answer));
            }
        }

        private List<Announcement> running(String verticle) {
            return owner.middleware(point == Point.CONNECTION ? EventNames.CONNECTION : EventNames.PACKET, verticle);
        }

        /** One that has ended meanwhile has told its middleware already that nothing comes back. */
        private void tellBack(Layer layer, Outcome outcome, Consumer<Outcome> answered) {
            if (!running(layer.instance().handler()).contains(layer.instance())) {
                answered.accept(Outcome.DONE);
                return;
            }
            Passage passage = new Passage(Point.BACK, layer.visit(), outcome.failure());
            CloseReason why = reason == null && point == Point.CONNECTION ? CloseReason.REFUSED : reason;
            call(layer.instance(), new Call(passage, event, outcome.data(), why, trace), answered);
        }
    }
}
