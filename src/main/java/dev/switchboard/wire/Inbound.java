package dev.switchboard.wire;

import org.jspecify.annotations.Nullable;

/** A message from a client, decoded. */
public sealed interface Inbound {
    /**
     * An event.
     *
     * @param id what the sender calls it when it wants an answer, else 0
     * @param trace where the sender says that it belongs; null when it says nothing of the kind
     */
    record Event(
            String name, Payload data, long id, @Nullable TraceContext trace) implements Inbound {
        /** Of which it is not said where it belongs. */
        public Event(String name, Payload data, long id) {
            this(name, data, id, null);
        }
    }

    /**
     * Who the client is; {@code id} as in {@link Event}.
     *
     * @param resume which socket it had before, as JSON; null when it names none
     */
    record Auth(String token, long id, @Nullable Object resume) implements Inbound {
        /** It had none before. */
        public Auth(String token, long id) {
            this(token, id, null);
        }
    }

    /** The client answers what it was asked. */
    record Ack(long id, Payload data) implements Inbound {}

    /** The client answers with an error. */
    record AckFailure(long id, Failure failure) implements Inbound {}

    /** The client wants to know whether anybody is there; {@code n} is sent back as it is. */
    record Ping(Payload n) implements Inbound {}

    /** The client is there. */
    record Pong() implements Inbound {}

    /** Nothing that this dialect knows; the connection lives. */
    record Bad(String why) implements Inbound {}

    /** Something that this dialect does not carry at all; the connection ends. */
    record Unsupported() implements Inbound {}
}
