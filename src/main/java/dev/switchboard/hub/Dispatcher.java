package dev.switchboard.hub;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.LocalHandlers;
import dev.switchboard.bus.Peers;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events on their way from a hub to handler instances. What comes in one turn of the event loop for an instance of this
 * node crosses to its thread together, at the end of the turn: a thread that is woken costs far more than an event. On the
 * hub's event loop.
 */
final class Dispatcher {
    private final Context context;
    private final LocalHandlers here;
    private final Peers peers;
    private final Map<String, List<EventMessage>> gathered = new HashMap<>();

    Dispatcher(Context context, LocalHandlers here, Peers peers) {
        this.context = context;
        this.here = here;
        this.peers = peers;
    }

    void add(Announcement handler, EventMessage event) {
        if (!handler.node().equals(peers.self())) {
            peers.hand(handler, event);
            return;
        }
        if (gathered.isEmpty()) {
            context.runOnContext(v -> leave());
        }
        gathered.computeIfAbsent(handler.instance(), instance -> new ArrayList<>())
                .add(event);
    }

    /** Lets go what has gathered. */
    void leave() {
        gathered.forEach(here::hand);
        gathered.clear();
    }
}
