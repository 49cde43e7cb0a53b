package dev.switchboard.hub;

import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.HubAnswer;
import dev.switchboard.bus.HubListener;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Target;
import dev.switchboard.bus.Volley;
import dev.switchboard.resume.Life;
import dev.switchboard.resume.LogReaders;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.tracing.Spans;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a hub takes what handlers say, and passes it to the sockets that are meant. On the hub's event loop. */
final class HubDesk implements HubListener {
    private static final Logger LOG = LoggerFactory.getLogger(HubDesk.class);

    /** Handlers may take a client's word for it, and every node keeps it. */
    private static final int LONGEST_ROOM = 1_024;

    private final Hub hub;

    HubDesk(Hub hub) {
        this.hub = hub;
    }

    /** What goes wrong with one message costs the others nothing. */
    @Override
    public void take(List<HubMessage> messages) {
        for (int from = 0, to; from < messages.size(); from = to) {
            to = endOfVolley(messages, from);
            try {
                if (to == from + 1) {
                    take(messages.get(from));
                } else {
                    takeVolley(delivers(messages.subList(from, to)));
                }
            } catch (RuntimeException e) {
                LOG.error("A message to the hub has failed", e);
            }
        }
    }

    /** Where those end that are events for the same clients, who get them whatever happens. */
    private static int endOfVolley(List<? extends HubMessage> messages, int from) {
        int to = from + 1;
        while (to < messages.size() && isJoinable(messages.get(from), messages.get(to))) {
            to++;
        }
        return to;
    }

    private static boolean isJoinable(HubMessage one, HubMessage other) {
        return one instanceof HubMessage.Deliver first
                && other instanceof HubMessage.Deliver second
                && !first.isVolatile()
                && !second.isVolatile()
                && (first.stamp() == null) == (second.stamp() == null)
                && first.target().equals(second.target());
    }

    private static List<HubMessage.Deliver> delivers(List<HubMessage> messages) {
        return messages.stream().map(HubMessage.Deliver.class::cast).toList();
    }

    @Override
    public void take(HubMessage body, Consumer<HubAnswer> answer) {
        if (body instanceof HubMessage.Deliver deliver) {
            takeVolley(List.of(deliver));
        } else if (body instanceof HubMessage.Settled done) {
            LiveSocket socket = hub.find(done.socket());
            if (socket != null) {
                socket.settled(done);
            }
        } else if (body instanceof HubMessage.SetAttribute set) {
            LiveSocket socket = hub.find(set.target());
            if (socket != null) {
                socket.attribute(set.name(), set.value());
            }
            done(answer, socket == null ? Outcome.failed(ErrorCode.NO_SOCKET) : Outcome.DONE);
        } else if (body instanceof HubMessage.SessionOf of) {
            done(answer, session(hub.find(of.target())));
        } else if (body instanceof HubMessage.Follow follow) {
            done(answer, hub.follow(follow));
        } else if (body instanceof HubMessage.Ask ask) {
            ask(ask, outcome -> done(answer, outcome));
        } else if (body instanceof HubMessage.AskAll ask) {
            askAll(ask).onSuccess(replies -> answer.accept(new HubAnswer.Replies(replies)));
        } else if (body instanceof HubMessage.Move move) {
            move(move).onComplete(moved -> done(answer, moved.result()));
        } else if (body instanceof HubMessage.Disconnect end) {
            done(answer, each(end.target(), socket -> socket.close(end.reason())));
        } else if (body instanceof HubMessage.ListSockets list) {
            list(
                    answer,
                    list.target(),
                    meant -> new HubAnswer.Sockets(
                            meant.stream().map(LiveSocket::member).toList()));
        } else if (body instanceof HubMessage.ListRooms list) {
            list(answer, list.target(), meant -> new HubAnswer.Rooms(rooms(list.target(), meant)));
        } else if (body instanceof HubMessage.HandlersChanged) {
            hub.reroute();
            done(answer, Outcome.DONE);
        } else if (body instanceof HubMessage.NodeLost lost) {
            hub.lost(lost.node());
        } else if (body instanceof HubMessage.Merged) {
            hub.merged();
        } else if (body instanceof HubMessage.Revoked revoked) {
            hub.revoke(revoked.revocation());
            done(answer, Outcome.DONE);
        } else if (body instanceof HubMessage.LogOut logOut) {
            logOut(logOut).onComplete(told -> done(answer, told.result()));
        }
    }

    /** Never fails. */
    private Future<Outcome> logOut(HubMessage.LogOut logOut) {
        Target target = logOut.target();
        if (target.kind() == Target.Kind.USER) {
            return outcome(hub.logOut(target.name()));
        }
        LiveSocket socket = hub.find(target);
        return socket == null
                ? Future.succeededFuture(Outcome.failed(ErrorCode.NO_SOCKET))
                : outcome(hub.logOut(socket, logOut.kind()));
    }

    private static Future<Outcome> outcome(Future<Void> done) {
        return done.map(Outcome.DONE)
                .otherwise(cause -> cause instanceof EventException known
                        ? Outcome.failed(known.failure())
                        : Outcome.failed(ErrorCode.NODE_TIMEOUT));
    }

    private static Outcome session(@Nullable LiveSocket socket) {
        if (socket == null) {
            return Outcome.failed(ErrorCode.NO_SOCKET);
        }
        return socket.session()
                .map(id -> Outcome.of(Payload.of(id.value())))
                .orElseGet(() -> Outcome.failed(ErrorCode.NO_SESSION));
    }

    private static void done(Consumer<HubAnswer> answer, Outcome outcome) {
        answer.accept(new HubAnswer.Done(outcome));
    }

    /** Events for the same clients, which all have a place in a log or have none. */
    private void takeVolley(List<HubMessage.Deliver> volley) {
        Target target = volley.get(0).target();
        if (volley.get(0).stamp() == null) {
            deliver(volley);
            return;
        }
        LogReaders readers = hub.in(target.namespace()).readers();
        if (readers != null) {
            readers.take(target, volley);
        }
    }

    /** Events of a log, in its order. */
    void read(List<HubMessage.Deliver> events) {
        for (int from = 0, to; from < events.size(); from = to) {
            to = endOfVolley(events, from);
            try {
                deliver(events.subList(from, to));
            } catch (RuntimeException e) {
                LOG.error("An event of a log has failed", e);
            }
        }
    }

    private void deliver(List<HubMessage.Deliver> events) {
        Instant begun = begun();
        int met = receivers(events.get(0).target(), events.size(), action(events));
        if (begun != null) {
            events.forEach(event -> delivered(event, begun, met));
        }
    }

    private static Consumer<LiveSocket> action(List<HubMessage.Deliver> events) {
        Delivery first = events.get(0).delivery();
        if (events.get(0).isVolatile()) {
            return socket -> socket.offer(first);
        }
        if (events.size() == 1) {
            return socket -> socket.deliver(first);
        }
        Volley volley =
                new Volley(events.stream().map(HubMessage.Deliver::delivery).toList());
        return socket -> socket.deliver(volley);
    }

    /** Returns how many there are. */
    private int receivers(Target target, int events, Consumer<LiveSocket> action) {
        NamespaceSockets sockets = hub.in(target.namespace());
        Collection<LiveSocket> receivers = sockets.find(target);
        if (receivers.isEmpty()) {
            return 0;
        }
        Set<String> except = target.except();
        // A receiver that is too slow ends, and leaves the collection, while the others are served.
        int met = 0;
        for (LiveSocket socket : receivers.toArray(new LiveSocket[0])) {
            if (except.isEmpty() || !except.contains(socket.id())) {
                action.accept(socket);
                met++;
            }
        }
        sockets.meters().out(met * events);
        return met;
    }

    /** What time it is where events are traced, else null. */
    private @Nullable Instant begun() {
        return hub.tracing().spans() == null ? null : Instant.now();
    }

    /** A span tells of all receivers of this event loop; where it has none, of nobody. */
    private void delivered(HubMessage.Deliver deliver, Instant begun, int receivers) {
        Spans spans = hub.tracing().spans();
        TraceContext trace = deliver.trace();
        if (spans != null && trace != null && receivers > 0) {
            String event = deliver.delivery().event();
            spans.delivered(deliver.target().namespace(), event, trace, begun, receivers);
        }
    }

    private void ask(HubMessage.Ask ask, Consumer<Outcome> answer) {
        List<LiveSocket> meant = meant(ask.target());
        if (meant.isEmpty()) {
            answer.accept(Outcome.failed(ErrorCode.NO_SOCKET));
        } else {
            meant.get(0).ask(ask, answer);
        }
    }

    /**
     * Never fails. All get the question under one id, the least that none of them has seen yet, so that it is encoded
     * once per dialect, as an emit is.
     */
    private Future<List<HubAnswer.Reply>> askAll(HubMessage.AskAll ask) {
        List<LiveSocket> meant = meant(ask.target());
        long id = meant.stream().mapToLong(LiveSocket::nextAsk).max().orElse(1);
        Delivery question = new Delivery(ask.event(), ask.data(), id);
        List<Future<HubAnswer.Reply>> replies = new ArrayList<>();
        for (LiveSocket socket : meant) {
            Promise<HubAnswer.Reply> reply = Promise.promise();
            String from = socket.id();
            socket.ask(question, ask.limitMillis(), outcome -> reply.complete(new HubAnswer.Reply(from, outcome)));
            replies.add(reply.future());
        }
        return Future.all(replies).map(all -> all.list());
    }

    /** Never fails; who joins is in the room at once, and what is answered waits for the other nodes to know it. */
    private Future<Outcome> move(HubMessage.Move move) {
        if (move.join() && move.room().length() > LONGEST_ROOM) {
            String limit = "A room's name has at most " + LONGEST_ROOM + " characters";
            return Future.succeededFuture(Outcome.failed(ErrorCode.INVALID_DATA.failure(limit)));
        }
        NamespaceSockets sockets = hub.in(move.target().namespace());
        List<Future<Void>> known = new ArrayList<>();
        boolean[] full = new boolean[1];
        Outcome outcome = each(move.target(), socket -> {
            if (!move.join()) {
                sockets.leave(socket, move.room());
                known.add(noted(socket));
            } else if (socket.rooms().contains(move.room()) || socket.rooms().size() < hub.mostRooms()) {
                known.add(sockets.join(socket, move.room()).compose(v -> noted(socket)));
            } else {
                full[0] = true;
                hub.meters().refusedJoin();
            }
        });
        Outcome told = full[0] ? Outcome.failed(ErrorCode.REFUSED.failure("The socket is in too many rooms")) : outcome;
        // Of many, some may have gone meanwhile; of one that has, and comes back, it is not known that it is there.
        boolean isSingle = move.target().kind() == Target.Kind.SOCKET;
        return Future.all(known).map(told).otherwise(isSingle ? Outcome.failed(ErrorCode.NOT_KEPT) : told);
    }

    /** Where a socket is outlives its connection, if it does. */
    private static Future<Void> noted(LiveSocket socket) {
        Life life = socket.life();
        return life == null ? Future.succeededFuture() : life.save();
    }

    /** Does something to all who are meant; a single socket that is not there is a failure. */
    private Outcome each(Target target, Consumer<LiveSocket> action) {
        List<LiveSocket> meant = meant(target, LiveSocket::isReachable);
        meant.forEach(action);
        boolean missing = target.kind() == Target.Kind.SOCKET && meant.isEmpty();
        return missing ? Outcome.failed(ErrorCode.NO_SOCKET) : Outcome.DONE;
    }

    private List<LiveSocket> meant(Target target) {
        return meant(target, LiveSocket::isOpen);
    }

    private List<LiveSocket> meant(Target target, Predicate<LiveSocket> which) {
        return hub.in(target.namespace()).find(target).stream()
                .filter(socket -> which.test(socket) && !target.except().contains(socket.id()))
                .toList();
    }

    /** Answers with what is known of all who are meant; a single socket that is not there is a failure. */
    private void list(Consumer<HubAnswer> answer, Target target, Function<List<LiveSocket>, HubAnswer> said) {
        boolean isSingle = target.kind() == Target.Kind.SOCKET;
        List<LiveSocket> meant = meant(target, isSingle ? LiveSocket::isReachable : LiveSocket::isOpen);
        if (isSingle && meant.isEmpty()) {
            done(answer, Outcome.failed(ErrorCode.NO_SOCKET));
        } else {
            answer.accept(said.apply(meant));
        }
    }

    private Set<String> rooms(Target target, List<LiveSocket> meant) {
        return target.kind() == Target.Kind.ALL && target.except().isEmpty()
                ? hub.in(target.namespace()).rooms()
                : meant.stream().flatMap(socket -> socket.rooms().stream()).collect(Collectors.toSet());
    }
}
