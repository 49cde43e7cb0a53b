package dev.switchboard.hub;

import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.HubAnswer;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.LocalHubs;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Target;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a hub takes what handlers say, and passes it to the sockets that are meant. On the hub's event loop. */
final class HubDesk {
    private final Hub hub;
    private final LocalHubs hubs;

    HubDesk(Hub hub, LocalHubs hubs) {
        this.hub = hub;
        this.hubs = hubs;
    }

    void take(Message<HubMessage> message) {
        HubMessage body = message.body();
        if (body instanceof HubMessage.Deliver deliver) {
            deliver(deliver);
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
            done(message, socket == null ? Outcome.failed(ErrorCode.NO_SOCKET) : Outcome.DONE);
        } else if (body instanceof HubMessage.SessionOf of) {
            done(message, session(hub.find(of.target())));
        } else if (body instanceof HubMessage.Ask ask) {
            ask(ask, outcome -> done(message, outcome));
        } else if (body instanceof HubMessage.AskAll ask) {
            askAll(ask).onSuccess(replies -> hubs.reply(message, new HubAnswer.Replies(replies)));
        } else if (body instanceof HubMessage.Move move) {
            move(move).onComplete(moved -> done(message, moved.result()));
        } else if (body instanceof HubMessage.Disconnect end) {
            done(message, each(end.target(), socket -> socket.close(end.reason())));
        } else if (body instanceof HubMessage.ListSockets list) {
            list(
                    message,
                    list.target(),
                    meant -> new HubAnswer.Sockets(
                            meant.stream().map(LiveSocket::member).toList()));
        } else if (body instanceof HubMessage.ListRooms list) {
            list(message, list.target(), meant -> new HubAnswer.Rooms(rooms(list.target(), meant)));
        } else if (body instanceof HubMessage.HandlersChanged) {
            hub.reroute();
            done(message, Outcome.DONE);
        } else if (body instanceof HubMessage.NodeLost lost) {
            hub.lost(lost.node());
        } else if (body instanceof HubMessage.Revoked revoked) {
            hub.revoke(revoked.family(), revoked.until());
            done(message, Outcome.DONE);
        }
    }

    private static Outcome session(@Nullable LiveSocket socket) {
        if (socket == null) {
            return Outcome.failed(ErrorCode.NO_SOCKET);
        }
        return socket.session()
                .map(id -> Outcome.of(Payload.of(id.value())))
                .orElseGet(() -> Outcome.failed(ErrorCode.NO_SESSION));
    }

    private void done(Message<HubMessage> message, Outcome outcome) {
        hubs.reply(message, new HubAnswer.Done(outcome));
    }

    private void deliver(HubMessage.Deliver deliver) {
        Collection<LiveSocket> receivers = hub.in(deliver.target().namespace()).find(deliver.target());
        if (receivers.isEmpty()) {
            return;
        }
        // A receiver that is too slow ends, and leaves the collection, while the others are served.
        for (LiveSocket socket : receivers.toArray(new LiveSocket[0])) {
            if (!deliver.target().except().contains(socket.id())) {
                Frame frame = deliver.delivery().frame(socket.codec());
                if (frame != null) {
                    send(socket, frame, deliver.isVolatile());
                }
            }
        }
    }

    private static void send(LiveSocket socket, Frame frame, boolean isVolatile) {
        if (isVolatile) {
            socket.offer(frame);
        } else {
            socket.deliver(frame);
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
        NamespaceSockets sockets = hub.in(move.target().namespace());
        List<Future<Void>> known = new ArrayList<>();
        boolean[] full = new boolean[1];
        Outcome outcome = each(move.target(), socket -> {
            if (!move.join()) {
                sockets.leave(socket, move.room());
            } else if (socket.rooms().contains(move.room()) || socket.rooms().size() < hub.mostRooms()) {
                known.add(sockets.join(socket, move.room()));
            } else {
                full[0] = true;
            }
        });
        Outcome told = full[0] ? Outcome.failed(ErrorCode.REFUSED.failure("The socket is in too many rooms")) : outcome;
        return Future.all(known).map(told).otherwise(told);
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
    private void list(Message<HubMessage> message, Target target, Function<List<LiveSocket>, HubAnswer> answer) {
        boolean isSingle = target.kind() == Target.Kind.SOCKET;
        List<LiveSocket> meant = meant(target, isSingle ? LiveSocket::isReachable : LiveSocket::isOpen);
        if (isSingle && meant.isEmpty()) {
            done(message, Outcome.failed(ErrorCode.NO_SOCKET));
        } else {
            hubs.reply(message, answer.apply(meant));
        }
    }

    private Set<String> rooms(Target target, List<LiveSocket> meant) {
        return target.kind() == Target.Kind.ALL && target.except().isEmpty()
                ? hub.in(target.namespace()).rooms()
                : meant.stream().flatMap(socket -> socket.rooms().stream()).collect(Collectors.toSet());
    }
}
