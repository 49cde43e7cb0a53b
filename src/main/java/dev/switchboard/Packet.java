package dev.switchboard;

import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** An event of a client on its way through the middleware, which may change it. On the context of the middleware. */
public final class Packet {
    private String event;
    private Payload data;
    private boolean renamed;
    private boolean replaced;

    Packet(String event, Payload data) {
        this.event = event;
        this.data = data;
    }

    public String event() {
        return event;
    }

    /**
     * Gives it another name, by which it is then routed.
     *
     * @throws IllegalArgumentException for a name that is the server's own, empty, or longer than 128 characters
     */
    public void event(String name) {
        event = EventNames.checked(name);
        renamed = true;
    }

    public Payload data() {
        return data;
    }

    /**
     * Gives it other data.
     *
     * @param value as {@link Payload#of} takes it, but no bytes
     */
    public void data(@Nullable Object value) {
        Payload other = Payload.of(value);
        if (other.isBinary()) {
            throw new IllegalArgumentException("a middleware cannot put bytes into a packet");
        }
        data = other;
        replaced = true;
    }

    /** What the socket is told of it: nothing, if it is as it came. */
    Payload change() {
        if (!renamed && !replaced) {
            return Payload.absent();
        }
        JsonObject change = new JsonObject();
        if (renamed) {
            change.put("event", event);
        }
        if (replaced) {
            change.put(data.isAbsent() ? "absent" : "data", data.value());
        }
        return Payload.of(change);
    }
}
