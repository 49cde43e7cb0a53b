package dev.switchboard.it;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import io.vertx.core.Promise;

/** Lets nobody in, and refuses nobody either. */
public final class HoldingMiddleware extends EventVerticle {
    @Override
    protected void events(Events on) {
        on.connection((socket, next) -> Promise.promise().future());
    }
}
