package dev.switchboard.handler;

import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.Target;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a socket as its handler sees them. The hub keeps them; what this handler sets is seen by the
 * socket's next event at once, also by one that left the hub before the hub heard of it.
 */
public final class Attributes {
    private final Hubs hubs;
    private final Target socket;
    private Map<String, Object> values = Map.of();
    private long version;
    private long known;

    Attributes(Hubs hubs, Target socket) {
        this.hubs = hubs;
        this.socket = socket;
    }

    public @Nullable Object get(String name) {
        return values.get(name);
    }

    /** Sets a value, an immutable one that has a JSON form, or removes it (null). */
    public void set(String name, @Nullable Object value) {
        if (value != null && !hasJsonForm(value)) {
            throw new IllegalArgumentException("the attribute \"" + name + "\" has no JSON form");
        }
        values = new HashMap<>(values);
        if (value == null) {
            values.remove(name);
        } else {
            values.put(name, value);
        }
        version++;
        hubs.send(new HubMessage.SetAttribute(socket, name, value));
    }

    /** Found here and not when an event takes it to another node. */
    private static boolean hasJsonForm(Object value) {
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return true;
        }
        try {
            Json.encode(value);
            return true;
        } catch (EncodeException e) {
            return false;
        }
    }

    /** Takes what an event brings, unless what was set here is newer. */
    public void see(EventMessage event) {
        known = Math.max(known, event.version());
        if (event.version() >= version) {
            values = event.attributes();
            version = event.version();
        }
    }

    /** Whether the hub has been seen to know all that was set here. */
    boolean settled() {
        return known >= version;
    }
}
