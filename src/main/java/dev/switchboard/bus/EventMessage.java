package dev.switchboard.bus;

import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of one socket, on its way from the hub to a handler instance.
 *
 * <p>Messages of one socket come in the order of their {@code seq}. The instance handles at most {@code inFlight} of
 * them at once, in that order, and tells the hub by {@link HubMessage.Settled} that they are done.
 *
 * @param attributes of the socket, as of {@code version}
 * @param version how often the socket's attributes have been changed
 * @param seq counts the socket's events, from 1
 * @param answer whether the client asked for an answer
 * @param timeoutMillis after which the event is over, whatever the handler does
 * @param reason why the socket ended; only for the events of its end
 * @param passage not null when it is for a middleware, which is always one of this node
 * @param trace where its handling belongs; null when nothing is traced
 */
public record EventMessage(
        SocketView socket,
        Map<String, Object> attributes,
        long version,
        String event,
        Payload data,
        long seq,
        boolean answer,
        int inFlight,
        long timeoutMillis,
        @Nullable CloseReason reason,
        @Nullable Passage passage,
        @Nullable TraceContext trace) {
    /** An event for a handler, of which nothing is traced. */
    public EventMessage(
            SocketView socket,
            Map<String, Object> attributes,
            long version,
            String event,
            Payload data,
            long seq,
            boolean answer,
            int inFlight,
            long timeoutMillis,
            @Nullable CloseReason reason) {
        this(socket, attributes, version, event, data, seq, answer, inFlight, timeoutMillis, reason, null, null);
    }
}
