package dev.switchboard.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what one context, or one thread of nobody's, sends in the order sent, where some of it has to be kept first. Where
 * nothing has, nothing waits.
 *
 * <pre>
 *   emit, kept first ──► │ ready? ──► sent
 *   answer, join, ask ─► │ in turn ─► sent          one queue for each sender
 * </pre>
 *
 * <p>For any thread. What has waited is sent on an event loop, or by who sends the next.
 */
final class Departures implements Shareable {
    /** What has to wait for its turn, and perhaps for something else. */
    private record Step(Future<?> ready, Runnable action) {}

    private record Deferred(Future<?> after, Runnable action) {}

    /** One sender. */
    final class Sender {
        private final ContextInternal loop;
        private final ArrayDeque<Step> steps = new ArrayDeque<>();

        /** By which entries of logs tell senders apart, and what each sent first. */
        final long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);

        final AtomicLong count = new AtomicLong();
        /** What holds up what the sender emits afterwards, and that, in their order. */
        private final ArrayDeque<Deferred> deferred = new ArrayDeque<>();

        private boolean scheduled;
        private boolean running;

        /** What its last emit that is kept returned. */
        private volatile @Nullable Future<?> lastEmit;

        Sender(Object who) {
            this.loop = loops[Math.floorMod(System.identityHashCode(who), loops.length)];
        }

        /** One more step. Who adds it has it {@link #leave}, outside of the sender's lock. */
        synchronized void add(Future<?> ready, Runnable action) {
            steps.add(new Step(ready, action));
            waiting.incrementAndGet();
        }

        /** What became ready and was added: now if it is ready already, by the caller, or when it is. */
        void leave(Future<?> ready) {
            if (ready.isComplete()) {
                drain();
            } else {
                ready.onComplete(done -> schedule());
            }
        }

        /** Many become ready in one turn: they leave in one. */
        private void schedule() {
            synchronized (this) {
                if (scheduled) {
                    return;
                }
                scheduled = true;
            }
            nearest(loop).runOnContext(v -> {
                synchronized (this) {
                    scheduled = false;
                }
                drain();
            });
        }

        /** By one thread at a time. An action still counts as waiting while it runs, so that nothing overtakes it. */
        private void drain() {
            synchronized (this) {
                if (running) {
                    return;
                }
                running = true;
            }
            for (Step next = next(); next != null; next = next()) {
                try {
                    next.action().run();
                } catch (RuntimeException e) {
                    // What waits behind it is not to be held up.
                    loop.reportException(e);
                }
                over();
            }
        }

        /** Without one, the next that is ready begins to drain. */
        private synchronized @Nullable Step next() {
            Step first = steps.peek();
            running = first != null && first.ready().isComplete();
            return running ? first : null;
        }

        private synchronized void over() {
            steps.remove();
            waiting.decrementAndGet();
        }

        /** It emits something that is kept, and is given this Future. */
        void emits(Future<?> emitted) {
            lastEmit = emitted;
        }

        /** Whether what is emitted now has to be kept later. Within the sender's lock. */
        boolean isHeld() {
            return !deferred.isEmpty();
        }

        /** Does something when all has happened that was to happen first. Within the sender's lock. */
        void defer(Runnable action) {
            deferred.add(new Deferred(Future.succeededFuture(), action));
        }

        private synchronized void hold(Future<?> first) {
            deferred.add(new Deferred(first, () -> {}));
        }

        private synchronized void release() {
            while (!deferred.isEmpty() && deferred.element().after().isComplete()) {
                deferred.remove().action().run();
            }
        }

        private synchronized boolean isEmpty() {
            return steps.isEmpty();
        }
    }

    private final VertxInternal vertx;
    private final ContextInternal[] loops;
    private final Map<Object, Sender> senders = Collections.synchronizedMap(new WeakHashMap<>());
    private final AtomicInteger waiting = new AtomicInteger();

    private Departures(VertxInternal vertx) {
        this.vertx = vertx;
        this.loops = new ContextInternal[Runtime.getRuntime().availableProcessors()];
        for (int n = 0; n < loops.length; n++) {
            loops[n] = vertx.createEventLoopContext();
        }
    }

    /** Those of this Vert.x. */
    static Departures of(Vertx vertx) {
        LocalMap<String, Departures> known = vertx.sharedData().getLocalMap("switchboard.departures");
        return known.computeIfAbsent("", key -> new Departures((VertxInternal) vertx));
    }

    /** Whether nothing of anybody waits. */
    boolean isEmpty() {
        return waiting.get() == 0;
    }

    /** Who calls. */
    Sender sender() {
        return senders.computeIfAbsent(who(), Sender::new);
    }

    private static Object who() {
        Context context = Vertx.currentContext();
        return context == null ? Thread.currentThread() : ((ContextInternal) context).unwrap();
    }

    private @Nullable Sender known() {
        return isEmpty() ? null : senders.get(who());
    }

    /** Does something once all that the sender did before is done. */
    private static void run(Sender sender, Runnable action) {
        Future<Void> ready = Future.succeededFuture();
        sender.add(ready, action);
        sender.leave(ready);
    }

    /** Does something once all that the caller did before is done: at once if nothing waits. */
    void run(Runnable action) {
        Sender sender = known();
        if (sender == null || sender.isEmpty()) {
            action.run();
        } else {
            run(sender, action);
        }
    }

    /** The same, and tells what comes of it, on the caller's context. */
    <T> Future<T> after(Supplier<Future<T>> action) {
        Sender sender = known();
        if (sender == null || sender.isEmpty()) {
            return action.get();
        }
        Promise<T> done = vertx.getOrCreateContext().promise();
        run(sender, () -> action.get().onComplete(done));
        return done.future();
    }

    /** Whether this is the Future of the last emit of the caller's that is kept. */
    boolean isLastEmit(Future<?> emitted) {
        Sender sender = senders.get(who());
        return sender != null && sender.lastEmit == emitted;
    }

    /** What the caller emits from now on is kept after this has happened. */
    void hold(Future<?> first) {
        if (first.isComplete()) {
            return;
        }
        Sender sender = sender();
        sender.hold(first);
        first.onComplete(done -> sender.release());
    }

    /** The loop that runs this, so that no other thread need be woken; this one if none does. */
    private ContextInternal nearest(ContextInternal other) {
        ContextInternal current = vertx.getContext();
        for (ContextInternal loop : loops) {
            if (loop == current) {
                return loop;
            }
        }
        return other;
    }

    /** An event loop for what concerns this. */
    Context loop(Object of) {
        return loops[Math.floorMod(of.hashCode(), loops.length)];
    }
}
