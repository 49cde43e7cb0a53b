package dev.switchboard.bench;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;

/** Handles an event that no other handler has, so that it travels to the node where this one is. */
final class FarHandler extends EventVerticle {
    @Override
    protected void events(Events on) {
        on.event("far", (socket, data) -> socket.emit("hit", data.value()));
    }
}
