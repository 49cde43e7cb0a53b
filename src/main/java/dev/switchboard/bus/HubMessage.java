package dev.switchboard.bus;

import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a hub is told. Messages from one sender to one hub are taken in the order sent. */
public sealed interface HubMessage {
    /** The hub that it is for; empty when it is for every one. */
    default String hub() {
        return "";
    }

    /** For some sockets of a namespace. */
    sealed interface Aimed extends HubMessage {
        Target target();

        @Override
        default String hub() {
            return target().kind() == Target.Kind.SOCKET ? SocketIds.hub(target().name()) : "";
        }
    }

    /**
     * Send an event to the hub's sockets that are meant. No reply.
     *
     * @param isVolatile whether a receiver that takes nothing just now goes without
     */
    record Deliver(Target target, Delivery delivery, boolean isVolatile) implements Aimed {
        public Deliver(Target target, Delivery delivery) {
            this(target, delivery, false);
        }
    }

    /** Ask one client. Replies {@link HubAnswer.Done}. */
    record Ask(Target target, String event, Payload data, long limitMillis) implements Aimed {}

    /** Ask all clients that are meant. Replies {@link HubAnswer.Replies} when each has answered or cannot any more. */
    record AskAll(Target target, String event, Payload data, long limitMillis) implements Aimed {}

    /** Put sockets into a room, or take them out. Replies {@link HubAnswer.Done}. */
    record Move(Target target, String room, boolean join) implements Aimed {}

    /** End sockets. Replies {@link HubAnswer.Done}. */
    record Disconnect(Target target, CloseReason reason) implements Aimed {
        public Disconnect {
            if (!reason.isSendable()) {
                throw new IllegalArgumentException("no connection is closed with " + reason.code());
            }
        }
    }

    /** Which sockets? Replies {@link HubAnswer.Sockets}, or {@link HubAnswer.Done} without a single one that is meant. */
    record ListSockets(Target target) implements Aimed {}

    /** Which rooms: those of the namespace, or those that the sockets are in? Replies {@link HubAnswer.Rooms}. */
    record ListRooms(Target target) implements Aimed {}

    /**
     * A handler instance is done with events of a socket. No reply.
     *
     * @param socket its key
     * @param seq the event
     * @param upTo whether all earlier events, too, are done
     * @param outcome what to tell the client of event {@code seq}
     */
    record Settled(String socket, long seq, boolean upTo, Outcome outcome) implements HubMessage {
        @Override
        public String hub() {
            return SocketIds.hub(socket);
        }
    }

    /** Set an attribute of a socket, or remove it (null). Replies {@link HubAnswer.Done}. */
    record SetAttribute(
            Target target, String name, @Nullable Object value) implements Aimed {}

    /** Which HTTP session does a socket belong to? Replies {@link HubAnswer.Done}, with the session's id as data. */
    record SessionOf(Target target) implements Aimed {}

    /** The handlers of the {@link HandlerDirectory} are other ones now. Replies when the hub goes by them. */
    record HandlersChanged() implements HubMessage {}

    /** A node is lost, and what its handlers were at work for. No reply. */
    record NodeLost(String node) implements HubMessage {}

    /** A log-in's tokens are revoked: refuse them, end its sockets. Replies {@link HubAnswer.Done}. */
    record Revoked(String family, Instant until) implements HubMessage {}
}
