package dev.switchboard.bus;

import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Outbound;
import dev.switchboard.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An event for clients. It is encoded at most once per dialect and shared by all receivers of this node: hubs that race
 * make the same frame twice at worst.
 */
public final class Delivery {
    private final Outbound.Event event;
    private final @Nullable Frame[] frames = new Frame[Codec.COUNT];

    public Delivery(String event, Payload data) {
        this(event, data, 0);
    }

    /** @param id the same for all receivers when they are to answer, else 0 */
    public Delivery(String event, Payload data, long id) {
        this.event = new Outbound.Event(event, data, id);
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

    /** The event in this dialect; null when the dialect cannot say it. */
    public @Nullable Frame frame(Codec codec) {
        Frame known = frames[codec.number()];
        if (known == null) {
            known = codec.encode(event);
            frames[codec.number()] = known;
        }
        return known;
    }
}
