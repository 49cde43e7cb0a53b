package dev.switchboard.transport.sockjs;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the requests of one session bring in. Messages are taken in their order; while the socket pushes back they wait
 * here, and so does the answer to their request, so that the client sends no more. On the session's event loop.
 */
final class Intake {
    /** A client that waits for its answers has one. */
    private static final int MOST_REQUESTS = 16;

    private record Batch(Iterator<byte[]> messages, Consumer<Boolean> answer) {}

    private final Consumer<byte[]> taker;
    private final ArrayDeque<Batch> waiting = new ArrayDeque<>(0);
    private boolean paused;

    Intake(Consumer<byte[]> taker) {
        this.taker = taker;
    }

    /** @param answer told once: true when all are taken, false when none will be because too much waits */
    void add(List<byte[]> messages, Consumer<Boolean> answer) {
        if (waiting.size() >= MOST_REQUESTS) {
            answer.accept(false);
        } else {
            waiting.add(new Batch(messages.iterator(), answer));
            go();
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        go();
    }

    /** A message that is taken may pause, resume or close: so each round looks anew. */
    private void go() {
        while (!paused && !waiting.isEmpty()) {
            Batch next = waiting.element();
            if (next.messages.hasNext()) {
                taker.accept(next.messages.next());
            } else {
                waiting.remove();
                next.answer.accept(true);
            }
        }
    }
}
