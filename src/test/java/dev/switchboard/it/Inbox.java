package dev.switchboard.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What came, in its order, for a test that awaits some of it. For any thread.
 *
 * @param <T> immutable
 */
final class Inbox<T> {
    static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<T> all = new ArrayList<>();
    private final List<T> unread = new ArrayList<>();
    private String ended = "";

    synchronized void add(T one) {
        all.add(one);
        unread.add(one);
        notifyAll();
    }

    /** Nothing comes any more; whoever awaits something fails at once. */
    synchronized void end(String why) {
        ended = why;
        notifyAll();
    }

    /** The oldest that nobody took yet, taken. */
    T next() {
        return next("anything", one -> true);
    }

    /** The oldest that fits and that nobody took yet, taken; fails at the deadline. */
    synchronized T next(String what, Predicate<? super T> fits) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        Optional<T> found = oldest(fits);
        while (found.isEmpty()) {
            try {
                wait(left(deadline, what));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while awaiting " + what, e);
            }
            found = oldest(fits);
        }
        return found.get();
    }

    private Optional<T> oldest(Predicate<? super T> fits) {
        Optional<T> oldest = unread.stream().filter(fits).findFirst();
        oldest.ifPresent(unread::remove);
        return oldest;
    }

    private long left(long deadline, String what) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || !ended.isEmpty()) {
            List<T> newest = unread.subList(Math.max(0, unread.size() - 20), unread.size());
            throw new AssertionError(
                    "awaited " + what + ", but there is only " + newest + " of " + all.size() + " " + ended);
        }
        return left;
    }

    /** The next so many, whatever they are, taken. */
    List<T> take(int count) {
        List<T> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(next());
        }
        return taken;
    }

    /** Everything that ever came, also what was taken. */
    synchronized List<T> all() {
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return all().toString();
    }
}
