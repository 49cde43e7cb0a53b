package dev.switchboard.bus;

import dev.switchboard.journal.Position;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Outbound;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.Json;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event for clients. It is encoded at most once per dialect and shared by all receivers of this node: hubs that race
 * make the same frame twice at worst.
 */
public final class Delivery {
    private final Outbound.Event event;
    /** Made for the first receiver for whom it waits; two hubs that race both make the same. */
    private @Nullable String key;

    private final @Nullable Frame[] frames = new Frame[Codec.COUNT];

    public Delivery(String event, Payload data) {
        this(event, data, 0);
    }

    /** @param id the same for all receivers when they are to answer, else 0 */
    public Delivery(String event, Payload data, long id) {
        this(new Outbound.Event(event, data, id));
    }

    private Delivery(Outbound.Event event) {
        this.event = event;
    }

    public String event() {
        return event.name();
    }

    public long id() {
        return event.id();
    }

    public Payload data() {
        return event.data();
    }

    /** The same at its place in a log. */
    public Delivery at(Position position) {
        return new Delivery(new Outbound.Event(event.name(), event.data(), event.id(), position.text()));
    }

    /** The event in this dialect; null when the dialect cannot say it. */
    public @Nullable Frame frame(Codec codec) {
        Frame known = frames[codec.number()];
        if (known == null) {
            known = codec.encode(event);
            frames[codec.number()] = known;
        }
        return known;
    }

    /**
     * What tells it apart from other messages to the same receivers: its event, and the value to which the pointer leads in
     * its data, if there is one. Its receivers are of one namespace, so that all of them ask with the same pointer.
     */
    public String key(Optional<JsonPointer> pointer) {
        String known = key;
        if (known == null) {
            known = event() + "\n" + pointer.map(this::value).orElse("");
            key = known;
        }
        return known;
    }

    private String value(JsonPointer pointer) {
        try {
            Object found = data().isBinary() ? null : pointer.queryJson(data().value());
            return found == null ? "" : Json.encode(found);
        } catch (EventException notJson) {
            return "";
        }
    }
}
