package dev.switchboard.it;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Tells a client on which node it is, and how that node sees it. */
public final class WhereVerticle extends EventVerticle {
    static final List<String> EVENTS = List.of("where", "length", "tell all");

    @Override
    protected void events(Events on) {
        on.event(
                        "where",
                        (socket, data) -> new JsonObject()
                                .put("pid", ProcessHandle.current().pid())
                                .put("address", socket.handshake().address())
                                .put("secure", socket.handshake().secure()))
                .event("length", (socket, data) -> data.string().length())
                .event("tell all", (socket, data) -> socket.toAll().emit("told", data));
    }
}
