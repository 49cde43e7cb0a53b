package dev.switchboard.chaos;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what the crowd says: an answer means that it was emitted. */
public final class ChaosHandler extends EventVerticle {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosHandler.class);

    @Override
    protected void events(Events on) {
        on.event("join", (socket, data) -> socket.join(data.string()));
        on.event("say", (socket, data) -> socket.toRoom(data.string("room")).emit("said", data));
        on.event("me", (socket, data) -> socket.emit("said", data));
        on.close((socket, reason) -> {
            LOG.error("closed {}", socket.id());
            return null;
        });
    }
}
