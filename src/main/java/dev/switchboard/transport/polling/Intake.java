package dev.switchboard.transport.polling;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * What the requests of one session bring in. Messages are taken in their order; while the socket pushes back they wait
 * here, and so does the answer to their request, so that the client sends no more. On the session's event loop.
 *
 * @param <M> a message
 */
public final class Intake<M> {
    /** A client that waits for its answers has one. */
    private static final int MOST_REQUESTS = 16;

    private record Batch<M>(Iterator<M> messages, long bytes, Consumer<Boolean> answer) {}

    private final Consumer<M> taker;
    private final ToLongFunction<M> size;
    private final ArrayDeque<Batch<M>> waiting = new ArrayDeque<>(0);
    private final long mostBytes;
    private long bytes;
    private boolean paused;

    /**
     * @param size how many bytes a message takes
     * @param mostBytes of messages that may wait when a further request comes
     */
    public Intake(Consumer<M> taker, ToLongFunction<M> size, long mostBytes) {
        this.taker = taker;
        this.size = size;
        this.mostBytes = mostBytes;
    }

    /**
     * A request brings messages.
     *
     * @param answer told once: true when all are taken, false when none will be because too much waits
     */
    public void add(List<M> messages, Consumer<Boolean> answer) {
        if (waiting.size() >= MOST_REQUESTS || bytes > mostBytes) {
            answer.accept(false);
        } else {
            Batch<M> batch = new Batch<>(
                    messages.iterator(), messages.stream().mapToLong(size).sum(), answer);
            waiting.add(batch);
            bytes += batch.bytes;
            go();
        }
    }

    /** Takes one that came by itself, after all others. Whoever brings it stops when told to, so it may wait. */
    public void add(M message) {
        if (!paused && waiting.isEmpty()) {
            taker.accept(message);
        } else {
            waiting.add(new Batch<>(List.of(message).iterator(), size.applyAsLong(message), taken -> {}));
            bytes += size.applyAsLong(message);
        }
    }

    public boolean isPaused() {
        return paused;
    }

    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
        go();
    }

    /** A message that is taken may pause, resume or close: so each round looks anew. */
    private void go() {
        while (!paused && !waiting.isEmpty()) {
            Batch<M> next = waiting.element();
            if (next.messages.hasNext()) {
                taker.accept(next.messages.next());
            } else {
                waiting.remove();
                bytes -= next.bytes;
                next.answer.accept(true);
            }
        }
    }
}
