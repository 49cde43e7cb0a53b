package dev.switchboard.chaos;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what the crowd says, and who did so when: an answer means that it was emitted. */
public final class ChaosHandler extends EventVerticle {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosHandler.class);

    @Override
    protected void events(Events on) {
        on.event("join", (socket, data) -> socket.join(data.string()));
        on.event("say", (socket, data) -> socket.toRoom(data.string("room")).emit("said", passed(data)));
        on.event("me", (socket, data) -> socket.emit("said", passed(data)));
        on.close((socket, reason) -> {
            LOG.error("closed {}", socket.id());
            return null;
        });
    }

    private JsonObject passed(Payload data) {
        String run = ProcessHandle.current().pid() + " at " + LocalTime.now(ZoneOffset.UTC);
        return data.object().copy().put("run", run);
    }
}
