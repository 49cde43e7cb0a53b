package dev.switchboard.socket;

import dev.switchboard.bus.Delivery;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.Outbound;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody may listen to what passes between a socket and its client. Hardly ever anybody does, which costs a look at
 * a field. Lives on the event loop of the socket's hub.
 */
public final class Tap {
    /** Somebody who listens; what he is told he keeps no longer than he must, and changes nothing of it. */
    public interface Listener {
        /** The client said it, and nobody has acted on it yet. */
        void in(Inbound message);

        /** It is on its way to the client. */
        void out(Outbound message);
    }

    private @Nullable List<Listener> listeners;

    public void add(Listener listener) {
        List<Listener> all = listeners == null ? new ArrayList<>(1) : new ArrayList<>(listeners);
        all.add(listener);
        listeners = all;
    }

    /** Nothing happens when he does not listen. */
    public void remove(Listener listener) {
        if (listeners != null) {
            List<Listener> others =
                    listeners.stream().filter(one -> one != listener).toList();
            listeners = others.isEmpty() ? null : others;
        }
    }

    /** Whether anybody listens. */
    public boolean isOpen() {
        return listeners != null;
    }

    void in(Inbound message) {
        if (listeners != null) {
            listeners.forEach(one -> one.in(message));
        }
    }

    void out(Outbound message) {
        if (listeners != null) {
            listeners.forEach(one -> one.out(message));
        }
    }

    void out(Delivery event) {
        if (listeners != null) {
            Outbound message = new Outbound.Event(event.event(), event.data(), event.id());
            listeners.forEach(one -> one.out(message));
        }
    }

    void out(List<Delivery> events) {
        if (listeners != null) {
            events.forEach(this::out);
        }
    }
}
