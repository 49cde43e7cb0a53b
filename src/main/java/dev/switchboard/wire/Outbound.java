package dev.switchboard.wire;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A message to a client, not yet encoded. */
public sealed interface Outbound {
    /**
     * An event.
     *
     * @param id what the server calls it when it wants an answer, else 0
     * @param at the place that it has in its log; empty when it has none
     */
    record Event(String name, Payload data, long id, String at) implements Outbound {
        /** One that is in no log. */
        public Event(String name, Payload data, long id) {
            this(name, data, id, "");
        }
    }

    /** The answer to the client's event {@code id}. */
    record Ack(long id, Payload data) implements Outbound {}

    /** The client's event {@code id} failed. */
    record AckFailure(long id, Failure failure) implements Outbound {}

    /** An event that asked for no answer failed; {@code event} is its name, empty where there is none. */
    record Failed(Failure failure, String event) implements Outbound {}

    /** The socket is open. */
    record Open(JsonObject data) implements Outbound {}

    /**
     * The socket is not let in, and the server is about to close.
     *
     * @param failure what the middleware that refused it said; null when it was none
     */
    record Refused(CloseReason reason, @Nullable Failure failure) implements Outbound {}

    /** The server is about to close. */
    record Close(CloseReason reason) implements Outbound {}

    /** The answer to {@link Inbound.Ping}. */
    record Pong(Payload n) implements Outbound {}
}
