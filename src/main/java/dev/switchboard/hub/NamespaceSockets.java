package dev.switchboard.hub;

import dev.switchboard.bus.Attendance;
import dev.switchboard.bus.Peers;
import dev.switchboard.bus.Target;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.journal.Position;
import dev.switchboard.metrics.NamespaceMeters;
import dev.switchboard.resume.Life;
import dev.switchboard.resume.LogReaders;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one namespace on one event loop: all, by id, by user and by room. The other nodes hear of the first of
 * each kind and of the last; where the namespace has presence, places hear of their users.
 */
final class NamespaceSockets {
    private static final int ROUND_MILLIS = 1_000;

    private final Target all;
    private final NamespaceConfig.Presence presence;
    private final Peers peers;
    private final Attendance attendance;
    private final NamespaceMeters meters;

    /** By its key, and by the id that the application gave it. */
    private final Map<String, LiveSocket> byId = new HashMap<>();

    private final Map<Target, Group> groups = new HashMap<>();
    private final Set<String> rooms = new LinkedHashSet<>();

    /** Those that are counted in the namespace and not open yet, so that it has not been told of them. */
    private final Map<LiveSocket, Future<Runnable>> untold = new HashMap<>();

    /** What reads the logs of the namespace; null where it has none. */
    private @Nullable LogReaders readers;

    /** Sockets that are meant by one target, and when the other nodes know that there are some. */
    private record Group(Set<LiveSocket> sockets, Future<Void> known) {}

    NamespaceSockets(
            String name,
            NamespaceConfig.Presence presence,
            Peers peers,
            Attendance attendance,
            NamespaceMeters meters) {
        this.all = Target.all(name);
        this.presence = presence;
        this.peers = peers;
        this.attendance = attendance;
        this.meters = meters;
    }

    NamespaceMeters meters() {
        return meters;
    }

    /** From now on what is emitted stands in logs. Before any socket comes. */
    void read(LogReaders logs) {
        readers = logs;
    }

    /** The logs of the namespace; null where it has none. */
    @Nullable
    LogReaders readers() {
        return readers;
    }

    /** A socket is at the door: it can be found by its id, and in the rooms into which it is put. */
    void enter(LiveSocket socket) {
        byId.put(socket.key(), socket);
        if (socket.hasGivenId()) {
            byId.put(socket.id(), socket);
        }
    }

    /** A socket is about to come to the door under an id that it may have had elsewhere: what is for it waits from now on. */
    Future<Void> move(LiveSocket socket) {
        enter(socket);
        return put(Target.socket(all.namespace(), socket.id()), socket);
    }

    /**
     * Adds a socket; the Future succeeds when every node can find it.
     *
     * @return what then tells the namespace, if there is news; to be run when the socket itself can hear it
     */
    Future<Runnable> add(LiveSocket socket) {
        byId.put(socket.key(), socket);
        Future<Void> known = both(put(all, socket), putUnderUser(socket));
        Life life = socket.life();
        if (life != null) {
            for (String room : life.rooms()) {
                socket.rooms().add(room);
                rooms.add(room);
                known = both(known, put(room(room), socket));
            }
        }
        if (socket.hasGivenId()) {
            byId.put(socket.id(), socket);
            known = both(known, put(Target.socket(all.namespace(), socket.id()), socket));
        }
        Future<Runnable> entered = enterEverywhere(socket);
        untold.put(socket, entered);
        Future<Void> found = known;
        return found.compose(v -> entered).onSuccess(news -> untold.remove(socket));
    }

    /** Files a socket that was anonymous under its user. */
    Future<Void> identify(LiveSocket socket) {
        Future<Void> known = both(putUnderUser(socket), enterAndTell(all, socket));
        for (String room : socket.rooms()) {
            known = both(known, enterAndTell(room(room), socket));
        }
        return known;
    }

    private Future<Void> putUnderUser(LiveSocket socket) {
        return socket.user().isAnonymous()
                ? Future.succeededFuture()
                : put(Target.user(all.namespace(), socket.user().id()), socket);
    }

    /** The Future succeeds when the places where its user is no more have been told. */
    Future<Void> remove(LiveSocket socket) {
        if (byId.remove(socket.key()) == null) {
            return Future.succeededFuture();
        }
        boolean wasIn = isIn(all, socket);
        drop(all, socket);
        if (socket.hasGivenId()) {
            byId.remove(socket.id(), socket);
            drop(Target.socket(all.namespace(), socket.id()), socket);
        }
        Future<Void> told = wasIn ? leave(socket) : Future.succeededFuture();
        drop(Target.user(all.namespace(), socket.user().id()), socket);
        for (String room : List.copyOf(socket.rooms())) {
            told = both(told, leave(socket, room, wasIn));
        }
        return told;
    }

    /** Puts a socket into a room, at once; the Future succeeds when every node knows it. */
    Future<Void> join(LiveSocket socket, String room) {
        Target target = room(room);
        boolean joined = socket.rooms().add(room);
        rooms.add(room);
        Future<Void> known = put(target, socket);
        // Of one that is not in yet, its places are told when it is.
        return joined && isIn(all, socket) ? both(known, enterAndTell(target, socket)) : known;
    }

    Future<Void> leave(LiveSocket socket, String room) {
        if (socket.rooms().contains(room)) {
            left(room(room), socket);
        }
        return leave(socket, room, isIn(all, socket));
    }

    /** What a log was for has lost something: their clients come back, and are told what that means to each. */
    void broken(Target target) {
        List.copyOf(find(target)).forEach(socket -> socket.close(CloseReason.GOING_AWAY.after(jitter())));
    }

    /** Two halves of a cluster became one: what the clients of this one have may not be what is kept. */
    void sendRound() {
        if (readers != null) {
            Set.copyOf(byId.values()).forEach(socket -> socket.close(CloseReason.GOING_AWAY.after(jitter())));
        }
    }

    private static int jitter() {
        return ThreadLocalRandom.current().nextInt(1, ROUND_MILLIS);
    }

    private Future<Void> leave(LiveSocket socket, String room, boolean wasIn) {
        if (!socket.rooms().remove(room)) {
            return Future.succeededFuture();
        }
        Target target = room(room);
        if (drop(target, socket)) {
            rooms.remove(room);
        }
        return wasIn ? leave(target, socket) : Future.succeededFuture();
    }

    Set<String> rooms() {
        return Set.copyOf(rooms);
    }

    /** Those who are meant, those left out included. Not to be changed, nor kept. */
    Collection<LiveSocket> find(Target target) {
        if (target.kind() == Target.Kind.SOCKET) {
            LiveSocket socket = byId.get(target.name());
            return socket == null ? List.of() : List.of(socket);
        }
        if (target.kind() == Target.Kind.ROOMS) {
            Set<LiveSocket> members = new LinkedHashSet<>();
            target.parts().forEach(room -> members.addAll(find(room)));
            return members;
        }
        Group group = groups.get(target.whole());
        return group == null ? List.of() : group.sockets;
    }

    private boolean isIn(Target target, LiveSocket socket) {
        Group group = groups.get(target);
        return group != null && group.sockets.contains(socket);
    }

    private Target room(String room) {
        return Target.room(all.namespace(), room);
    }

    // ---- what the other nodes know

    private Future<Void> put(Target target, LiveSocket socket) {
        Group group = groups.get(target);
        if (group == null) {
            Future<Void> interest = peers.interest(target, true);
            LogReaders logs = readers;
            group = new Group(
                    new LinkedHashSet<>(),
                    logs == null ? interest : logs.open(target, interest).mapEmpty());
            groups.put(target, group);
        }
        group.sockets.add(socket);
        Life life = socket.life();
        return life == null ? group.known : entered(life, target, socket);
    }

    /** Notes where what is emitted to it begins. */
    private Future<Void> entered(Life life, Target target, LiveSocket socket) {
        return Objects.requireNonNull(readers)
                .from(target)
                .onSuccess(from -> {
                    if (isIn(target, socket)) {
                        life.entered(target, from, offsetOfAll(socket));
                    }
                })
                .mapEmpty();
    }

    /** How far the namespace's log is for a socket: from the beginning, while it is not there yet. */
    private long offsetOfAll(LiveSocket socket) {
        LogReaders logs = readers;
        return logs != null && isIn(all, socket)
                ? logs.at(all).map(Position::offset).orElse(0L)
                : 0;
    }

    /** Nobody is to be told, later, what happens in a room that a socket has left. */
    private void left(Target target, LiveSocket socket) {
        Life life = socket.life();
        LogReaders logs = readers;
        if (life != null && logs != null) {
            logs.at(target).ifPresent(at -> life.left(target, at, offsetOfAll(socket)));
        }
    }

    /** Whether it was the last. */
    private boolean drop(Target target, LiveSocket socket) {
        Group group = groups.get(target);
        boolean last = group != null && group.sockets.remove(socket) && group.sockets.isEmpty();
        if (last) {
            groups.remove(target);
            peers.interest(target, false);
            LogReaders logs = readers;
            if (logs != null) {
                logs.close(target);
            }
        }
        return last;
    }

    private static Future<Void> both(Future<Void> one, Future<Void> other) {
        return one.isComplete()
                ? one.compose(v -> other)
                : Future.all(one, other).mapEmpty();
    }

    // ---- what places hear

    private Future<Runnable> enter(Target place, LiveSocket socket) {
        return isTold(place, socket) ? attendance.enter(place, socket.user()) : Future.succeededFuture(() -> {});
    }

    /** The namespace, and the rooms into which a middleware has put it. */
    private Future<Runnable> enterEverywhere(LiveSocket socket) {
        Future<Runnable> entered = enter(all, socket);
        if (socket.rooms().isEmpty()) {
            return entered;
        }
        List<Future<Runnable>> each = new ArrayList<>(List.of(entered));
        socket.rooms().forEach(room -> each.add(enter(room(room), socket)));
        return Future.all(each).map(news -> () -> news.<Runnable>list().forEach(Runnable::run));
    }

    private Future<Void> enterAndTell(Target place, LiveSocket socket) {
        return enter(place, socket).onSuccess(Runnable::run).mapEmpty();
    }

    private Future<Void> leave(LiveSocket socket) {
        Future<Runnable> entered = untold.remove(socket);
        // Others may count on it: that a user came is told by the first socket alone.
        return entered == null
                ? leave(all, socket)
                : entered.onSuccess(Runnable::run).transform(v -> leave(all, socket));
    }

    private Future<Void> leave(Target place, LiveSocket socket) {
        return isTold(place, socket) ? attendance.leave(place, socket.user()) : Future.succeededFuture();
    }

    private boolean isTold(Target place, LiveSocket socket) {
        return !socket.user().isAnonymous()
                && (place.kind() == Target.Kind.ROOM ? presence.ofRooms() : presence.ofTheNamespace());
    }
}
