package dev.switchboard.session;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One at a time for each key, over all nodes. An entry in a map of the cluster stands for a turn: Vert.x's own lock is
 * Hazelcast's, which belongs to a thread, and the thread that took it may take it again for somebody else.
 */
final class Turns {
    private static final String MAP = HttpSessions.MAP + ".turns";

    /** The turn of a node that died ends by itself. */
    private static final long LONGEST_MILLIS = 10_000;

    private static final long PATIENCE_MILLIS = 15_000;
    private static final long AGAIN_MILLIS = 5;

    private final Vertx vertx;

    Turns(Vertx vertx) {
        this.vertx = vertx;
    }

    private Future<AsyncMap<String, String>> map() {
        return vertx.sharedData().getClusterWideMap(MAP);
    }

    /** Waits for its turn; fails when that takes too long. */
    Future<String> take(String key) {
        return take(key, UUID.randomUUID().toString(), now());
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private Future<String> take(String key, String turn, long since) {
        return map().compose(turns -> turns.putIfAbsent(key, turn, LONGEST_MILLIS))
                .compose(other -> {
                    if (other == null) {
                        return Future.succeededFuture(turn);
                    }
                    if (now() - since > PATIENCE_MILLIS) {
                        return Future.failedFuture("too many write to one session");
                    }
                    return vertx.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS).compose(t -> take(key, turn, since));
                });
    }

    Future<Void> end(String key, String turn) {
        return map().compose(turns -> turns.removeIfPresent(key, turn)).mapEmpty();
    }
}
