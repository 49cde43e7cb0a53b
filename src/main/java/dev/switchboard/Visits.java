package dev.switchboard;

import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.Passage;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections and packets that pass a middleware, each from its way in until the middleware is over.
 *
 * <pre>
 *     in ──► body ── next ──► answered: goes on inwards
 *             ┊
 *   back ──► what next gave ──► body ends ──► answered: goes on outwards
 * </pre>
 *
 * <p>Lives on the context of its verticle.
 */
final class Visits {
    /** The middleware itself. */
    @FunctionalInterface
    interface Body<T> {
        Future<?> run(Next<T> next);
    }

    private record Key(String socket, long visit) {
        static Key of(EventMessage event, Passage passage) {
            return new Key(event.socket().key(), passage.visit());
        }
    }

    private final Context context;
    private final Map<Key, Visit<?>> visits = new HashMap<>();

    Visits(Context context) {
        this.context = context;
    }

    /**
     * A socket wants to come in; the Future fails if it may not.
     *
     * @param seen looks at the event with which it comes back, before the middleware goes on
     */
    Future<Payload> connection(
            EventMessage event, Passage passage, Consumer<EventMessage> seen, Body<CloseReason> body) {
        return in(Key.of(event, passage), seen, body, Payload::absent, back -> {
            CloseReason reason = back.reason();
            return Future.succeededFuture(reason == null ? CloseReason.NORMAL : reason);
        });
    }

    /** A client sent an event; the Future has what the middleware changed of it, or fails if it may not go on. */
    Future<Payload> packet(
            EventMessage event, Passage passage, Consumer<EventMessage> seen, Packet packet, Body<Payload> body) {
        return in(Key.of(event, passage), seen, body, packet::change, back -> {
            Failure failure = back.passage() == null ? null : back.passage().failure();
            return failure == null ? Future.succeededFuture(back.data()) : Future.failedFuture(failure.exception());
        });
    }

    private <T> Future<Payload> in(
            Key key,
            Consumer<EventMessage> seen,
            Body<T> body,
            Supplier<Payload> change,
            Function<EventMessage, Future<T>> outcome) {
        Visit<T> visit = new Visit<>(key, seen, change, outcome);
        visits.put(key, visit);
        // A task of its own: on a virtual thread the body may await what next gives, and the event must end before.
        // On the event's own context, where it is traced.
        @Nullable Context current = Vertx.currentContext();
        Context here = current == null ? context : current;
        here.runOnContext(v -> body.run(visit).onComplete(over -> context.runOnContext(now -> visit.over(over))));
        return visit.in.future();
    }

    /** What went on comes back; the Future fails if the middleware does. */
    Future<Payload> back(EventMessage event, Passage passage) {
        Visit<?> visit = visits.get(Key.of(event, passage));
        return visit == null ? Future.succeededFuture(Payload.absent()) : visit.back(event);
    }

    /** How many are on their way. */
    int open() {
        return visits.size();
    }

    /** The verticle ends, and nothing comes back any more: sockets that are still there count as gone. */
    void end() {
        List.copyOf(visits.values()).forEach(Visit::end);
    }

    private final class Visit<T> implements Next<T> {
        private final Key key;
        private final Consumer<EventMessage> seen;
        private final Supplier<Payload> change;
        private final Function<EventMessage, Future<T>> outcome;
        private final Promise<Payload> in = Promise.promise();
        private final Promise<T> inside = Promise.promise();
        private final Promise<Payload> out = Promise.promise();
        private volatile boolean wentOn;
        private boolean cameBack;
        private boolean isOver;

        Visit(
                Key key,
                Consumer<EventMessage> seen,
                Supplier<Payload> change,
                Function<EventMessage, Future<T>> outcome) {
            this.key = key;
            this.seen = seen;
            this.change = change;
            this.outcome = outcome;
        }

        @Override
        public Future<T> run() {
            wentOn = true;
            in.tryComplete(change.get());
            return inside.future();
        }

        Future<Payload> back(EventMessage event) {
            cameBack = true;
            seen.accept(event);
            outcome.apply(event).onComplete(inside::tryComplete, inside::tryFail);
            forgetIfDone();
            return out.future();
        }

        void over(AsyncResult<?> body) {
            isOver = true;
            Throwable cause = body.succeeded() ? ErrorCode.REFUSED.failure().exception() : body.cause();
            forgetIfDone();
            in.tryFail(cause);
            if (body.succeeded()) {
                out.tryComplete(Payload.absent());
            } else {
                out.tryFail(cause);
            }
        }

        private void forgetIfDone() {
            if (isOver && (cameBack || !wentOn)) {
                visits.remove(key);
            }
        }

        void end() {
            inside.tryFail(ErrorCode.HANDLER_LOST.failure().exception());
        }
    }
}
