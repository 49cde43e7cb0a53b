package dev.switchboard;

import dev.switchboard.bus.Answers;
import dev.switchboard.bus.EmitFlag;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.Member;
import dev.switchboard.bus.Survey;
import dev.switchboard.bus.Target;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some sockets of a namespace: all, those in a room or in any of several, those of a user, or one. It names them, it does not hold them:
 * whoever is there at the moment of a call is meant.
 *
 * <p>A verb on a single socket that is not there fails with {@code NO_SOCKET}, at once, on one node as on many; only {@link
 * #emit} does not wait to see whether a socket that was there a moment ago still is.
 *
 * <p>Immutable, for any thread. What one thread sends to one socket arrives in the order sent, whichever audience it was
 * sent through.
 *
 * <pre>{@code
 * Namespace.of(vertx, "/").room("news").emit("headline", "It works");
 * }</pre>
 */
public final class Audience {
    private final Hubs hubs;
    private final Survey survey;
    private final Target target;
    private final Set<EmitFlag> flags;

    Audience(Hubs hubs, Survey survey, Target target, Set<EmitFlag> flags) {
        this.hubs = hubs;
        this.survey = survey;
        this.target = target;
        this.flags = flags;
    }

    /** The same without some sockets, given by their ids. */
    public Audience except(String... sockets) {
        return new Audience(hubs, survey, target.without(Set.of(sockets)), flags);
    }

    /**
     * The same, and what is emitted goes as the flags say. They change no other verb.
     *
     * <pre>{@code
     * namespace.room("race").with(EmitFlag.VOLATILE).emit("positions", positions);
     * }</pre>
     */
    public Audience with(EmitFlag... more) {
        Set<EmitFlag> all = new HashSet<>(flags);
        all.addAll(List.of(more));
        return new Audience(hubs, survey, target, Set.copyOf(all));
    }

    /**
     * Sends an event, at most once to each socket.
     *
     * @param data as {@link Payload#of} takes it
     * @return succeeds when the event is handed to the hubs of the sockets; it does not wait for clients. Fails with
     *     {@code NO_SOCKET} when a single socket is meant whose node is not known, and with {@code TOO_MANY_PENDING} when
     *     too much waits for another node already, or for an event loop of this one: the sockets there go without. In
     *     development it fails with {@code NOT_AS_DECLARED} when something else is declared of the event
     * @throws IllegalArgumentException for a name that is the server's own, empty, or longer than 128 characters
     */
    public Future<Void> emit(String event, @Nullable Object data) {
        return hubs.emit(target, event, Payload.of(data), flags);
    }

    /**
     * Asks one client and awaits its answer. Only for an audience of a single socket.
     *
     * @param limit how long the client may take, at most a day
     * @return fails with an {@link dev.switchboard.wire.EventException}: {@code ASK_TIMEOUT}, {@code NO_SOCKET} (it is
     *     not there, or left before it answered), {@code TOO_MANY_PENDING}, or the code that the client answered
     */
    public Future<Payload> ask(String event, @Nullable Object data, Duration limit) {
        if (target.kind() != Target.Kind.SOCKET) {
            throw new IllegalStateException("only a single socket can be asked");
        }
        return hubs.ask(target, event, Payload.of(data), limit);
    }

    /**
     * Asks every client there, and gathers what they answer. One that does not answer in time, leaves, or cannot be asked
     * costs its own answer and no other: it stands among the answers with its failure. {@link Answers#missing} are those
     * who were silent or left, while a client that speaks a dialect without answers ({@code REFUSED}), or has too much to
     * answer already ({@code TOO_MANY_PENDING}), has failed like one that answered an error.
     *
     * <pre>{@code
     * namespace.room("team").askAll("ready?", null, Duration.ofSeconds(5))
     *         .onSuccess(all -> log.info("{} of {}", all.answers().size() - all.missing().size(), all.answers().size()));
     * }</pre>
     *
     * @param limit how long clients may take, at most a day; the Future completes up to two seconds later when some are
     *     silent
     * @return fails with {@code NO_SOCKET} when a single socket is meant that is not there
     */
    public Future<Answers> askAll(String event, @Nullable Object data, Duration limit) {
        return survey.sockets(target, event, Payload.of(data), limit);
    }

    /**
     * The people there, each once, whatever the number of their sockets. Where the namespace has {@code presence} this
     * is read at one place, in the order in which they came; elsewhere every node is asked.
     */
    public Future<List<User>> users() {
        return hubs.users(target);
    }

    /**
     * How many people are there. With {@code presence} it costs the same whatever their number, but for nobody: then the
     * nodes are asked.
     */
    public Future<Integer> count() {
        return hubs.count(target);
    }

    /** Who is there just now: the sockets of all nodes; fails when a node does not answer. */
    public Future<List<Member>> sockets() {
        return hubs.sockets(target);
    }

    /** The rooms that the sockets are in, each once. */
    public Future<Set<String>> rooms() {
        return hubs.rooms(target);
    }

    /**
     * Puts the sockets into a room. A socket that is in it stays in it.
     *
     * @return succeeds when they are members; fails with {@code NO_SOCKET} when a single one is meant and not there
     */
    public Future<Void> join(String room) {
        return hubs.act(new HubMessage.Move(target, room, true));
    }

    /** Takes the sockets out of a room. */
    public Future<Void> leave(String room) {
        return hubs.act(new HubMessage.Move(target, room, false));
    }

    /** Ends the sockets with {@link CloseReason#KICKED}: their clients do not come back by themselves. */
    public Future<Void> disconnect() {
        return disconnect(CloseReason.KICKED);
    }

    /**
     * Ends the sockets; their clients are told why. What they had sent and no handler has begun is dropped.
     *
     * <p>It ends sockets, and bars nobody: whoever has a good token may connect anew. Revoke it to keep him out.
     *
     * @return succeeds when the sockets of all nodes have ended; fails with {@code NO_SOCKET} when a single one is meant that
     *     is not there, and when a node does not answer
     * @throws IllegalArgumentException for a reason that is never sent, such as {@link CloseReason#BROKEN}
     */
    public Future<Void> disconnect(CloseReason reason) {
        return hubs.act(new HubMessage.Disconnect(target, reason));
    }
}
