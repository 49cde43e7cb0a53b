package dev.switchboard.bus;

import dev.switchboard.journal.Journal;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.User;
import dev.switchboard.tracing.OpenSpan;
import dev.switchboard.tracing.Spans;
import dev.switchboard.tracing.Tracing;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.SessionId;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way to the hubs of all nodes: to the one that holds a socket, or to those whose sockets are meant. What one thread
 * sends to one hub arrives in the order sent, whichever method sent it.
 */
public final class Hubs {
    static final Duration LONGEST_ASK = Duration.ofDays(1);

    /** How long another node may take to answer what its hubs answer at once. */
    private static final long LIMIT_MILLIS = LocalHubs.LIMIT_MILLIS + TimeUnit.SECONDS.toMillis(1);

    private final LocalHubs here;
    private final Peers peers;
    private final Journal journal;
    private final Departures departures;
    private final KeptEmits kept;
    private final Inspection inspection;
    private final Tracing tracing;
    private final Questioning questions;

    public Hubs(Vertx vertx) {
        this.here = new LocalHubs(vertx);
        this.peers = Peers.of(vertx);
        this.journal = peers.journal();
        this.departures = Departures.of(vertx);
        this.kept = KeptEmits.of(vertx);
        this.inspection = Inspection.of(vertx);
        this.tracing = Tracing.of(vertx);
        this.questions = new Questioning(vertx);
    }

    // ---- what handlers do

    /**
     * Sends an event to clients.
     *
     * @return succeeds when it is handed to the hubs, or on its way to other nodes; fails with {@code NO_SOCKET} when a
     *     single socket is meant whose hub is gone, and with {@code TOO_MANY_PENDING} when a node, or an event loop of
     *     this one, takes no more: its sockets go without
     */
    public Future<Void> emit(Target target, String event, Payload data) {
        return emit(target, event, data, Set.of());
    }

    /**
     * The same, as the flags say. In a namespace whose clients resume, what is neither volatile nor for this node alone is
     * kept first, so that the Future succeeds when it is; it fails with {@code NOT_KEPT}. In development both fail with {@code
     * NOT_AS_DECLARED} when what is sent is not.
     */
    public Future<Void> emit(Target target, String event, Payload data, Set<EmitFlag> flags) {
        Spans spans = tracing.spans();
        if (spans == null) {
            return emit(target, event, data, flags, null);
        }
        String name = EventNames.checked(event);
        OpenSpan span = spans.emitted(target.namespace(), name, Questioning.word(target));
        return emit(target, name, data, flags, span.context())
                .onComplete(done ->
                        span.end(done.failed() ? Outcome.failed(done.cause()).code() : null));
    }

    /**
     * Whether this is what the caller's last {@link #emit} returned, of an event that is kept. Whatever the caller does next
     * happens after it, for clients as for logs, so that only he need wait for it who wants to know what becomes of it.
     */
    public boolean isLastEmit(Future<?> emitted) {
        return departures.isLastEmit(emitted);
    }

    private Future<Void> emit(
            Target target, String event, Payload data, Set<EmitFlag> flags, @Nullable TraceContext trace) {
        Failure fault = inspection.fault(Inspection.Way.OUT, target.namespace(), event, data);
        if (fault != null) {
            return Future.failedFuture(fault.exception());
        }
        if (journal.keeps(target.namespace())
                && !flags.contains(EmitFlag.VOLATILE)
                && !flags.contains(EmitFlag.LOCAL)) {
            return kept.emit(target, EventNames.checked(event), data, trace);
        }
        HubMessage.Deliver deliver = new HubMessage.Deliver(
                target, new Delivery(EventNames.checked(event), data), flags.contains(EmitFlag.VOLATILE), null, trace);
        return departures.isEmpty() ? emitNow(deliver, flags) : departures.after(() -> emitNow(deliver, flags));
    }

    private Future<Void> emitNow(HubMessage.Deliver deliver, Set<EmitFlag> flags) {
        Target target = deliver.target();
        if (flags.contains(EmitFlag.LOCAL)) {
            return done(here.deliver(deliver));
        }
        return peers.joined().isComplete()
                ? emit(target, deliver)
                : peers.joined().compose(v -> emit(target, deliver));
    }

    private Future<Void> emit(Target target, HubMessage.Deliver deliver) {
        LocalHubs.Sent sent = here.deliver(deliver);
        if (target.kind() == Target.Kind.SOCKET) {
            return sent == LocalHubs.Sent.ELSEWHERE && sendFar(deliver) ? Future.succeededFuture() : done(sent);
        }
        boolean taken = peers.tell(peers.interested(target), deliver);
        return taken ? done(sent) : failed(ErrorCode.TOO_MANY_PENDING);
    }

    private static Future<Void> done(LocalHubs.Sent sent) {
        return switch (sent) {
            case TAKEN -> Future.succeededFuture();
            case FULL -> failed(ErrorCode.TOO_MANY_PENDING);
            case ELSEWHERE -> failed(ErrorCode.NO_SOCKET);
        };
    }

    /** Asks a single client; fails with an {@link EventException}. */
    public Future<Payload> ask(Target socket, String event, Payload data, Duration limit) {
        String name = EventNames.checked(event);
        OpenSpan span = questions.ofClients(socket, name);
        Failure fault = inspection.fault(Inspection.Way.OUT, socket.namespace(), name, data);
        long millis = Survey.millis(limit);
        return Questioning.ended(
                span,
                fault == null
                        ? done(collect(new HubMessage.Ask(socket, name, data, millis), millis, null))
                        : Future.failedFuture(fault.exception()));
    }

    /** Does something to sockets; fails with the first failure. */
    public Future<Void> act(HubMessage.Aimed message) {
        Future<Void> acted = done(question(message)).mapEmpty();
        if (message instanceof HubMessage.Move move
                && move.join()
                && journal.keeps(move.target().namespace())) {
            // What is emitted next is to find the socket in the room.
            departures.hold(acted);
        }
        return acted;
    }

    /** The sockets that are meant. */
    public Future<List<Member>> sockets(Target target) {
        return list(new HubMessage.ListSockets(target))
                .map(all -> all.stream()
                        .flatMap(answer ->
                                answer instanceof HubAnswer.Sockets list ? list.sockets().stream() : Stream.empty())
                        .toList());
    }

    /** The users of the sockets that are meant, each once. */
    public Future<List<User>> users(Target target) {
        Future<List<User>> known = isPlace(target) ? peers.presence().users(target) : Future.succeededFuture(List.of());
        return known.compose(users -> users.isEmpty() ? usersOfSockets(target) : Future.succeededFuture(users));
    }

    /** How many they are. */
    public Future<Integer> count(Target target) {
        Future<Integer> known = isPlace(target) ? peers.presence().count(target) : Future.succeededFuture(0);
        return known.compose(
                count -> count == 0 ? usersOfSockets(target).map(List::size) : Future.succeededFuture(count));
    }

    /** Whether presence may know who is there. */
    private static boolean isPlace(Target target) {
        return target.except().isEmpty() && (target.kind() == Target.Kind.ALL || target.kind() == Target.Kind.ROOM);
    }

    private Future<List<User>> usersOfSockets(Target target) {
        return sockets(target).map(all -> {
            Map<String, User> users = new LinkedHashMap<>();
            all.stream()
                    .map(Member::user)
                    .filter(user -> !user.isAnonymous())
                    .forEach(user -> users.putIfAbsent(user.id(), user));
            return List.copyOf(users.values());
        });
    }

    /** The rooms of a namespace, or those that the sockets are in which are meant. */
    public Future<Set<String>> rooms(Target target) {
        return list(new HubMessage.ListRooms(target))
                .map(all -> all.stream()
                        .flatMap(answer ->
                                answer instanceof HubAnswer.Rooms list ? list.rooms().stream() : Stream.empty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The HTTP session of a socket; fails with {@code NO_SOCKET} or {@code NO_SESSION}. */
    public Future<SessionId> session(Target socket) {
        return done(question(new HubMessage.SessionOf(socket))).map(id -> new SessionId(id.string()));
    }

    /** What has passed at a socket since the follower last asked; fails with {@code NO_SOCKET}, or {@code REFUSED}. */
    public Future<Payload> follow(HubMessage.Follow question) {
        return done(collect(question, 0, null));
    }

    /** Sends to the hub of a socket; false when that hub is gone, and the socket with it. */
    public boolean send(HubMessage message) {
        if (!departures.isEmpty()) {
            departures.run(() -> sendNow(message));
            return true;
        }
        return sendNow(message);
    }

    private boolean sendNow(HubMessage message) {
        return here.send(message) || sendFar(message);
    }

    private boolean sendFar(HubMessage message) {
        Collection<String> nodes = nodes(message);
        return !nodes.isEmpty() && peers.tell(nodes, message);
    }

    /** Lets no node accept some tokens any more; the Future succeeds when none does. */
    public Future<Void> revoke(Revocation revocation) {
        return Future.all(here.ask(new HubMessage.Revoked(revocation)), peers.revoke(revocation))
                .mapEmpty();
    }

    /**
     * Revokes all that a user has, by way of a node that takes clients; fails with {@code REFUSED} when no node does, and
     * so none knows how long tokens last.
     */
    public Future<Void> logOut(String user) {
        if (!peers.joined().isComplete()) {
            return peers.joined().compose(v -> logOut(user));
        }
        @Nullable String near = here.any();
        @Nullable String hub = near == null ? peers.anyHub() : near;
        return hub == null
                ? Future.failedFuture(ErrorCode.REFUSED
                        .failure("No node takes clients just now")
                        .exception())
                : act(new HubMessage.LogOut(hub, Target.user("", user), Revocation.Kind.USER));
    }

    /** Succeeds when the other nodes have taken all that was sent to their hubs before. */
    public Future<Void> flush() {
        return peers.flush();
    }

    /** Asks hubs what they answer at once, and is seen by who traces. */
    private Future<List<HubAnswer>> question(HubMessage.Aimed message) {
        OpenSpan span = questions.ofHubs(message);
        return Questioning.ended(span, collect(message, 0, Questioning.context(span)), Hubs::outcome);
    }

    /**
     * @param extraMillis how long clients may take
     * @param trace in which the other nodes answer; null for none
     */
    private Future<List<HubAnswer>> collect(HubMessage message, long extraMillis, @Nullable TraceContext trace) {
        return departures.isEmpty()
                ? collectNow(message, extraMillis, trace)
                : departures.after(() -> collectNow(message, extraMillis, trace));
    }

    private Future<List<HubAnswer>> collectNow(HubMessage message, long extraMillis, @Nullable TraceContext trace) {
        if (!peers.joined().isComplete()) {
            return peers.joined().compose(v -> collectNow(message, extraMillis, trace));
        }
        List<Future<List<HubAnswer>>> answers = new ArrayList<>();
        if (here.isHere(message)) {
            answers.add(here.ask(message, extraMillis + LocalHubs.LIMIT_MILLIS));
        }
        if (message.hub().isEmpty() || answers.isEmpty()) {
            for (String node : nodes(message)) {
                answers.add(peers.ask(node, message, trace, extraMillis + LIMIT_MILLIS)
                        .recover(Hubs::unlessNoSocket));
            }
        }
        return Future.all(answers).compose(all -> {
            List<HubAnswer> said =
                    all.<List<HubAnswer>>list().stream().flatMap(List::stream).toList();
            return said.isEmpty() && !message.hub().isEmpty()
                    ? failed(ErrorCode.NO_SOCKET)
                    : Future.succeededFuture(said);
        });
    }

    /** A socket that was there a moment ago may be on another node by now, under the id that the application gave. */
    private static Future<List<HubAnswer>> unlessNoSocket(Throwable cause) {
        return cause instanceof EventException known && known.code().equals(ErrorCode.NO_SOCKET.name())
                ? Future.succeededFuture(List.of())
                : Future.failedFuture(cause);
    }

    /** The node where a socket is, as far as it is known here; empty when it is nowhere. */
    public Optional<String> nodeOf(Target socket) {
        HubMessage.SessionOf message = new HubMessage.SessionOf(socket);
        return here.isHere(message)
                ? Optional.of(peers.self())
                : nodes(message).stream().findFirst();
    }

    /** The nodes that may have whom a message is for, if this one has not. */
    Collection<String> nodes(HubMessage message) {
        boolean isOfNoHub = message.hub().isEmpty() || message.hub().equals(SocketIds.NONE);
        if (message instanceof HubMessage.Aimed aimed && isOfNoHub) {
            return peers.interested(aimed.target());
        }
        @Nullable String node = peers.nodeOf(message.hub());
        return node == null ? List.of() : List.of(node);
    }

    private Future<List<HubAnswer>> list(HubMessage.Aimed question) {
        return question(question).compose(all -> outcome(all).future().map(all));
    }

    /** The first failure; without one, what the first of them brought. */
    private static Future<Payload> done(Future<List<HubAnswer>> answers) {
        return answers.compose(all -> outcome(all).future());
    }

    /** The first failure; without one, the first outcome. */
    static Outcome outcome(List<HubAnswer> answers) {
        List<Outcome> outcomes = answers.stream()
                .flatMap(answer -> answer instanceof HubAnswer.Done done ? Stream.of(done.outcome()) : Stream.empty())
                .toList();
        return outcomes.stream()
                .filter(outcome -> outcome.failure() != null)
                .findFirst()
                .or(() -> outcomes.stream().findFirst())
                .orElse(Outcome.DONE);
    }

    private static <T> Future<T> failed(ErrorCode code) {
        return Future.failedFuture(code.failure().exception());
    }
}
