package dev.switchboard;

import io.vertx.core.Future;

/**
 * What lies further inside: the next middleware, and at last the handlers.
 *
 * @param <T> what comes back
 */
@FunctionalInterface
public interface Next<T> {
    /** Goes on, once: a second call gives the same Future. It completes when what lies further inside is over. */
    Future<T> run();
}
