package dev.switchboard.handler;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.HandlerDirectory;
import dev.switchboard.bus.HubMessage.Settled;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.LocalHandlers;
import dev.switchboard.bus.LocalHubs;
import dev.switchboard.bus.LogFields;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.SocketView;
import dev.switchboard.bus.Target;
import dev.switchboard.tracing.OpenSpan;
import dev.switchboard.tracing.Spans;
import dev.switchboard.tracing.Tracing;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the events of one handler instance. Events of one socket run in the order sent, {@code inFlight} at once (one,
 * unless the namespace says otherwise), also when the handler answers later; sockets run beside each other, as far as
 * the threading of the verticle lets them. A handler that answers with the Future of its last emit has nothing left to do:
 * the socket's next event begins while that is being kept, but ends after it.
 *
 * <p>Lives on the context of its verticle.
 */
public final class Lanes {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    /** How long events that have begun may take when the instance ends. */
    private static final long DRAIN_MILLIS = 30_000;

    private static final long LONGEST_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int STOPPING_MILLIS = 50;
    private static final int STOPPING_ROUNDS = 60;

    /** How long a lane that is idle waits for the hub to know the attributes that were set here. */
    private static final long LINGER_MILLIS = 10_000;

    private final Vertx vertx;
    private final Context context;
    private final Hubs hubs;
    private final LocalHubs here;
    private final LocalHandlers handlers;
    private final HandlerDirectory directory;
    private final Tracing tracing;
    private final Announcement self;
    private final BiFunction<EventMessage, Attributes, Future<?>> handler;
    private final Map<String, HandlerLane> lanes = new HashMap<>();

    /** Lanes that have got an event and were not looked at since, in the order of these events. */
    private final ArrayDeque<HandlerLane> due = new ArrayDeque<>();

    private final Deadlines<Running> deadlines;
    private @Nullable MessageConsumer<Object> consumer;
    private @Nullable Promise<Void> drained;

    /** Whether a handler runs on this thread just now. */
    private boolean handling;

    /**
     * @param self what to announce
     * @param handler handles one event, and answers what {@link Payload#of} takes, or null; its Future may fail, it may
     *     throw, both are told to the client
     */
    public Lanes(Vertx vertx, Announcement self, BiFunction<EventMessage, Attributes, Future<?>> handler) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.hubs = new Hubs(vertx);
        this.here = new LocalHubs(vertx);
        this.handlers = new LocalHandlers(vertx);
        this.directory = new HandlerDirectory(vertx);
        this.tracing = Tracing.of(vertx);
        this.self = self;
        this.handler = handler;
        this.deadlines = new Deadlines<>(vertx, Running::late);
    }

    /** Takes events from now on; the Future succeeds when every hub of every node knows it. */
    public Future<Void> start() {
        consumer = handlers.register(self.instance(), this::take);
        return consumer.completion().compose(v -> directory.announce(self));
    }

    /**
     * Takes no new events, ends those that came, and then the rest. When the whole node ends, Vert.x ends its verticles
     * beside each other: then the sockets end first, so that their close events still find a handler.
     */
    public Future<Void> stop() {
        return afterSockets(STOPPING_ROUNDS)
                .compose(v -> directory.withdraw(self))
                .transform(withdrawn -> handlers.flush(self.instance()))
                .transform(flushed -> drain())
                .compose(v -> hubs.flush())
                .compose(v -> unregister());
    }

    private Future<?> afterSockets(int rounds) {
        return vertx.timer(STOPPING_MILLIS, TimeUnit.MILLISECONDS)
                .compose(t -> here.isStopping() && rounds > 0 ? afterSockets(rounds - 1) : Future.succeededFuture());
    }

    private Future<Void> drain() {
        Promise<Void> over = Promise.promise();
        drained = over;
        long timer = vertx.setTimer(DRAIN_MILLIS, t -> over.tryComplete());
        checkDrained();
        return over.future().onComplete(v -> vertx.cancelTimer(timer));
    }

    private void checkDrained() {
        if (drained != null && lanes.values().stream().allMatch(HandlerLane::isIdle)) {
            drained.tryComplete();
        }
    }

    private Future<Void> unregister() {
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    private void take(List<EventMessage> events) {
        for (EventMessage event : events) {
            SocketView socket = event.socket();
            HandlerLane lane = lanes.computeIfAbsent(
                    socket.key(),
                    key -> new HandlerLane(new Attributes(hubs, Target.socket(socket.namespace(), socket.name()))));
            lane.add(event);
            if (isVirtual()) {
                // A handler that awaits would hold up the consumer, and with it all other sockets.
                context.runOnContext(v -> run(lane));
            } else {
                due.add(lane);
            }
        }
        runDue();
    }

    /** One after the other, but what else the context has to do, as answers that come late, need not wait for all of them. */
    private void runDue() {
        long begun = System.nanoTime();
        for (HandlerLane lane = due.poll(); lane != null; lane = due.poll()) {
            run(lane);
            if (!due.isEmpty() && System.nanoTime() - begun > LONGEST_TURN_NANOS) {
                context.runOnContext(v -> runDue());
                return;
            }
        }
    }

    private void run(HandlerLane lane) {
        for (EventMessage next = lane.start(); next != null; next = lane.start()) {
            handle(lane, next);
        }
    }

    private void handle(HandlerLane lane, EventMessage event) {
        lane.attributes.see(event);
        OpenSpan span = begun(event);
        Running running = new Running(lane, event, span);
        if (isVirtual()) {
            // The handler may await, so that this thread comes back late or never.
            running.limit();
            running.await(call(lane, event, span));
            return;
        }
        Future<?> answer = call(lane, event, span);
        if (answer.isComplete()) {
            end(lane, event, answer, running.begun, span);
        } else {
            running.limit();
            running.await(answer);
        }
    }

    private boolean isVirtual() {
        return context.threadingModel() == ThreadingModel.VIRTUAL_THREAD;
    }

    /** An event whose handler answers later, or too late. */
    private final class Running {
        private final HandlerLane lane;
        private final EventMessage event;
        private final @Nullable OpenSpan span;
        private final long begun = System.nanoTime();
        private boolean over;

        Running(HandlerLane lane, EventMessage event, @Nullable OpenSpan span) {
            this.lane = lane;
            this.event = event;
            this.span = span;
        }

        void limit() {
            deadlines.begin(this, event.timeoutMillis());
        }

        void await(Future<?> answer) {
            if (!hubs.isLastEmit(answer)) {
                answer.onComplete(this::endLater);
                return;
            }
            if (!over && event.inFlight() == 1) {
                lane.leave(event);
            }
            // Told on this context already, unless within another handler, in which no event is to begin.
            answer.onComplete(done -> {
                if (handling) {
                    endLater(done);
                } else {
                    end(done);
                }
            });
        }

        void late() {
            endLater(Future.failedFuture(ErrorCode.HANDLER_TIMEOUT.failure().exception()));
        }

        /** From any thread. */
        private void endLater(AsyncResult<?> done) {
            context.runOnContext(v -> end(done));
        }

        /** Whichever comes first counts. */
        private void end(AsyncResult<?> done) {
            if (!over) {
                over = true;
                deadlines.end(this, event.timeoutMillis());
                Lanes.this.end(lane, event, done, begun, span);
                run(lane);
            }
        }
    }

    private @Nullable OpenSpan begun(EventMessage event) {
        Spans spans = tracing.spans();
        SocketView socket = event.socket();
        return spans == null ? null : spans.handled(socket.namespace(), event.event(), socket.id(), event.trace());
    }

    private Future<?> call(HandlerLane lane, EventMessage event, @Nullable OpenSpan span) {
        handling = true;
        try {
            return span == null
                    ? handler.apply(event, lane.attributes)
                    : span.within(context, () -> handler.apply(event, lane.attributes));
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        } finally {
            handling = false;
        }
    }

    private void end(HandlerLane lane, EventMessage event, AsyncResult<?> done, long begun, @Nullable OpenSpan span) {
        Outcome outcome = outcome(event, done, span);
        if (span != null) {
            span.end(outcome.code());
        }
        long now = System.nanoTime();
        long nanos = Math.max(1, now - begun);
        if (lane.isLeaving()) {
            lane.end(event, outcome, nanos);
            for (HandlerLane.Ended ended = lane.ended(); ended != null; ended = lane.ended()) {
                tell(lane, ended.event(), ended.outcome(), ended.nanos(), now);
            }
        } else {
            lane.end();
            tell(lane, event, outcome, nanos, now);
        }
        if (lane.isIdle()) {
            retire(event.socket().key(), lane);
        }
    }

    private void tell(HandlerLane lane, EventMessage event, Outcome outcome, long nanos, long now) {
        if (lane.tells(event, outcome, TimeUnit.NANOSECONDS.toMillis(now))) {
            hubs.send(new Settled(event.socket().key(), event.seq(), event.inFlight() == 1, outcome, nanos));
        }
    }

    private Outcome outcome(EventMessage event, AsyncResult<?> done, @Nullable OpenSpan span) {
        if (done.failed()) {
            return failed(event, done.cause(), span);
        }
        try {
            Object answer = done.result();
            return answer == null ? Outcome.DONE : Outcome.of(Payload.of(answer));
        } catch (RuntimeException | Error e) {
            return failed(event, e, span);
        }
    }

    private Outcome failed(EventMessage event, Throwable cause, @Nullable OpenSpan span) {
        if (!(cause instanceof EventException)) {
            LogFields.of(event.socket())
                    .event(event.event())
                    .in(span == null ? null : span.context())
                    .log(() -> LOG.error("{} failed on the event \"{}\"", self.handler(), event.event(), cause));
        }
        return Outcome.failed(cause);
    }

    private void linger(String socket, HandlerLane lane) {
        if (lane.linger()) {
            vertx.setTimer(LINGER_MILLIS, t -> {
                if (lane.lingered()) {
                    lanes.remove(socket, lane);
                }
            });
        }
    }

    /** Forgets an idle lane; but not while an event may be on its way that does not know the newest attributes. */
    private void retire(String socket, HandlerLane lane) {
        if (lane.attributes.settled()) {
            lanes.remove(socket, lane);
            checkDrained();
        } else {
            checkDrained();
            linger(socket, lane);
        }
    }
}
