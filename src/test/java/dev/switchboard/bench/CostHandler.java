package dev.switchboard.bench;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import java.util.function.LongConsumer;

/** Joins a room when a client says so, and tells how long it took until the join was acknowledged. */
final class CostHandler extends EventVerticle {
    private final LongConsumer joined;

    CostHandler(LongConsumer joined) {
        this.joined = joined;
    }

    @Override
    protected void events(Events on) {
        on.event("join", this::join);
        on.event("echo", (socket, data) -> socket.emit("echoed", data.value()));
    }

    private Future<Void> join(Socket socket, Payload data) {
        long begun = System.nanoTime();
        return socket.join(data.string()).onSuccess(v -> joined.accept(System.nanoTime() - begun));
    }
}
