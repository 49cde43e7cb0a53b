package dev.switchboard.cluster;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.HubAnswer;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Target;
import dev.switchboard.token.Revocation;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one node sends to another. */
sealed interface Parcel {
    /**
     * The first of a link: what the other node must know of this one. The interests follow, in parts.
     *
     * @param known the epoch of the other node's link, 0 if there is none that this node knows
     */
    record Hello(long known, Set<String> hubs, List<Announcement> handlers, List<Revocation> revocations)
            implements Parcel {
        public Hello {
            hubs = Set.copyOf(hubs);
            handlers = List.copyOf(handlers);
            revocations = List.copyOf(revocations);
        }
    }

    /** The node has sockets that are meant by each of these. */
    record Interests(List<Target> targets) implements Parcel {
        public Interests {
            targets = List.copyOf(targets);
        }
    }

    /** All that belongs to the greeting has been said. */
    record Greeted() implements Parcel {}

    /** That it was taken shows that all before it was. */
    record Nothing() implements Parcel {}

    /** A hub is there, or no longer. */
    record Hub(String name, boolean there) implements Parcel {}

    /** The node has sockets that are meant by the target, or no longer. */
    record Interest(Target target, boolean there) implements Parcel {}

    /** A handler instance runs, or no longer. Answered with nothing when all hubs go by it. */
    record Handler(long id, Announcement instance, boolean there) implements Parcel {}

    /** Tokens are revoked. Answered with nothing when all hubs go by it. */
    record Revoke(long id, Revocation revocation) implements Parcel {}

    /** For the hubs that are meant. */
    record Tell(HubMessage message) implements Parcel {}

    /**
     * For the hubs that are meant, which answer.
     *
     * @param trace where the question belongs; null when it is not traced
     */
    record Ask(long id, HubMessage message, @Nullable TraceContext trace) implements Parcel {}

    /**
     * For the code of the node that answers to the name; answered with one {@link HubAnswer.Done}.
     *
     * @param trace where the question belongs; null when it is not traced
     */
    record Question(
            long id,
            String name,
            Payload data,
            long limitMillis,
            @Nullable TraceContext trace) implements Parcel {}

    /** To what was asked: what the hubs say, or that they did not. */
    record Answer(
            long id, List<HubAnswer> answers, @Nullable Failure failure) implements Parcel {
        public Answer {
            answers = List.copyOf(answers);
        }
    }

    /** For a handler instance. */
    record Hand(String instance, EventMessage event) implements Parcel {}
}
