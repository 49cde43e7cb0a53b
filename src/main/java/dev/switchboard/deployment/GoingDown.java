package dev.switchboard.deployment;

import dev.switchboard.bus.Drain;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** How a process that runs a node ends it well. */
public final class GoingDown {
    private GoingDown() {}

    /** Sends the clients of the node away; succeeds at once where it has none. */
    public static Future<Void> drain(Vertx vertx) {
        return Drain.of(vertx).begin();
    }

    /** What ends the process, once somebody has asked the node to go down and it has no clients any more. */
    public static void whenAsked(Vertx vertx, Runnable end) {
        Drain.of(vertx).whenDrained(end);
    }
}
