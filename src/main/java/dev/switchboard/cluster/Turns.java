package dev.switchboard.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Runs the tasks of one key one after the other, in the order given, each when the one before has ended, well or not.
 * Keys run beside each other. For any thread.
 */
final class Turns<K> {
    private final Map<K, Future<?>> last = new ConcurrentHashMap<>();

    /** The Future completes on the thread on which the task ends. */
    <T> Future<T> run(K key, Supplier<Future<T>> task) {
        Promise<T> turn = Promise.promise();
        Future<?> before = last.put(key, turn.future());
        Future<?> start = before == null ? Future.succeededFuture() : before;
        start.transform(ended -> task.get()).onComplete((value, failure) -> {
            last.remove(key, turn.future());
            turn.complete(value, failure);
        });
        return turn.future();
    }

    /** How many keys have a task at work. */
    int keys() {
        return last.size();
    }
}
