package dev.switchboard.testkit;

import dev.switchboard.wire.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The events that a client heard and that its test has not taken yet. For any thread. */
final class Inbox {
    private record Heard(String event, Payload data) {}

    private final List<Heard> unread = new ArrayList<>();
    private String ended = "";

    synchronized void add(String event, Payload data) {
        unread.add(new Heard(event, data));
        notifyAll();
    }

    /** Nothing comes any more: whoever awaits something fails at once. */
    synchronized void end(String why) {
        ended = why;
        notifyAll();
    }

    /** It comes again. */
    synchronized void begin() {
        ended = "";
    }

    /** The oldest of this name, taken; fails at the deadline. */
    synchronized Payload next(String event, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Optional<Heard> found = oldest(event);
        while (found.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 || !ended.isEmpty()) {
                throw new AssertionError("awaited \"" + event + "\", but there is only " + unread + ended);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while awaiting \"" + event + "\"", e);
            }
            found = oldest(event);
        }
        unread.remove(found.get());
        return found.get().data;
    }

    private Optional<Heard> oldest(String event) {
        return unread.stream().filter(heard -> heard.event.equals(event)).findFirst();
    }

    /** All of this name that are there, taken. */
    synchronized List<Payload> take(String event) {
        List<Payload> taken = unread.stream()
                .filter(heard -> heard.event.equals(event))
                .map(Heard::data)
                .toList();
        unread.removeIf(heard -> heard.event.equals(event));
        return taken;
    }
}
