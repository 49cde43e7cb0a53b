package dev.switchboard.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How this node goes down: it wants no clients any more, sends away those that it has, and waits for the handlers that are at
 * work for them. For any thread.
 */
public final class Drain implements Shareable {
    private static final long FLUSH_SECONDS = 3;

    private record Part(Context context, Supplier<Future<Void>> drained) {}

    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenDrained = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Future<Void>> begun = new AtomicReference<>();
    private final Vertx vertx;

    private Drain(Vertx vertx) {
        this.vertx = vertx;
    }

    /** That of this Vert.x. */
    public static Drain of(Vertx vertx) {
        LocalMap<String, Drain> known = vertx.sharedData().getLocalMap("switchboard.drain");
        return known.computeIfAbsent("", key -> new Drain(vertx));
    }

    /** Whether it has begun. */
    public boolean hasBegun() {
        return begun.get() != null;
    }

    /** Something that has clients; it is drained on the context of the caller. */
    public void add(Supplier<Future<Void>> drained) {
        parts.add(new Part(vertx.getOrCreateContext(), drained));
    }

    /** Runs when it is over that was begun by {@link #beginAndEnd}: what ends the process. */
    public void whenDrained(Runnable end) {
        whenDrained.add(end);
    }

    /** Begins, once; the Future succeeds when nothing is left that a client waits for. */
    public Future<Void> begin() {
        Promise<Void> over = Promise.promise();
        Future<Void> before = begun.compareAndExchange(null, over.future());
        if (before != null) {
            return before;
        }
        List<Future<Void>> all = new ArrayList<>();
        for (Part part : parts) {
            Promise<Void> drained = Promise.promise();
            part.context().runOnContext(v -> part.drained().get().onComplete(drained));
            all.add(drained.future());
        }
        Future.join(all)
                .transform(drained -> new Hubs(vertx).flush().timeout(FLUSH_SECONDS, TimeUnit.SECONDS))
                .onComplete(flushed -> over.complete());
        return over.future();
    }

    /** Begins, and ends the process afterwards if that is somebody's. */
    public void beginAndEnd() {
        begin().onComplete(drained -> whenDrained.forEach(Runnable::run));
    }
}
