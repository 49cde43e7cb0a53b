package dev.switchboard.bus;

import dev.switchboard.journal.Entry;
import dev.switchboard.journal.Kept;
import dev.switchboard.journal.Position;
import dev.switchboard.token.Revocation;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
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
     * @param stamp where it stands in its log; null when it stands in none
     * @param trace where it belongs; null when nothing is traced
     */
    record Deliver(
            Target target,
            Delivery delivery,
            boolean isVolatile,
            @Nullable Stamp stamp,
            @Nullable TraceContext trace) implements Aimed {
        public Deliver(Target target, Delivery delivery) {
            this(target, delivery, false);
        }

        /** One that stands in no log. */
        public Deliver(Target target, Delivery delivery, boolean isVolatile) {
            this(target, delivery, isVolatile, null, null);
        }

        /** The same where it belongs. */
        public Deliver in(@Nullable TraceContext context) {
            return context == null ? this : new Deliver(target, delivery, isVolatile, stamp, context);
        }

        /** One of a log. */
        public static Deliver of(String namespace, String log, Kept kept) {
            Entry entry = kept.entry();
            Target target = Target.ofLog(namespace, log, entry.rooms()).without(entry.except());
            Delivery delivery = new Delivery(entry.event(), entry.data()).at(kept.position());
            return new Deliver(target, delivery, false, new Stamp(kept.position(), kept.before()), null);
        }
    }

    /**
     * Where an event stands in its log.
     *
     * @param before the entry before it
     */
    record Stamp(Position position, long before) {}

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
     * @param nanos how long the handler took for event {@code seq}; 0 when nobody measured it
     */
    record Settled(String socket, long seq, boolean upTo, Outcome outcome, long nanos) implements HubMessage {
        /** One that nobody measured. */
        public Settled(String socket, long seq, boolean upTo, Outcome outcome) {
            this(socket, seq, upTo, outcome, 0);
        }

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

    /**
     * What has passed between a socket and its client since the follower last asked? Replies {@link HubAnswer.Done}, with
     * an object as data.
     *
     * @param follower by whom the hub knows what he has seen; from his first question on it remembers for him
     */
    record Follow(Target target, String follower) implements Aimed {}

    /** The handlers of the {@link HandlerDirectory} are other ones now. Replies when the hub goes by them. */
    record HandlersChanged() implements HubMessage {}

    /** This node, and others that it had lost, have each other again. No reply. */
    record Merged() implements HubMessage {}

    /** A node is lost, and what its handlers were at work for. No reply. */
    record NodeLost(String node) implements HubMessage {}

    /** Tokens are revoked: refuse them, end their sockets. Replies {@link HubAnswer.Done}. */
    record Revoked(Revocation revocation) implements HubMessage {}

    /**
     * Revoke the token of a socket, or all of its log-in or user; or, where the target is a user, all that he has. Replies
     * {@link HubAnswer.Done} when no node accepts them any more.
     *
     * @param hub which does it, and need not be that of any socket of the user
     */
    record LogOut(String hub, Target target, Revocation.Kind kind) implements Aimed {
        /** By the hub of the socket. */
        public LogOut(Target socket, Revocation.Kind kind) {
            this(SocketIds.hub(socket.name()), socket, kind);
        }
    }
}
