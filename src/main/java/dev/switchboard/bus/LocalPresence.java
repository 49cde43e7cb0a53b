package dev.switchboard.bus;

import dev.switchboard.token.User;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is where on a node that has no peers. For any thread; a place where nobody is takes no memory. */
final class LocalPresence implements Presence {
    private record Guest(User user, int sockets) {}

    /** Place → user id → user, in the order in which they came. */
    private final Map<Target, Map<String, Guest>> places = new HashMap<>();

    @Override
    public synchronized Future<Change> enter(Target place, User user) {
        Presence.requireKnown(user);
        Map<String, Guest> guests = places.computeIfAbsent(place, key -> new LinkedHashMap<>());
        Guest guest = guests.get(user.id());
        guests.put(user.id(), guest == null ? new Guest(user, 1) : new Guest(guest.user(), guest.sockets() + 1));
        return Future.succeededFuture(new Change(guest == null, guests.size()));
    }

    @Override
    public synchronized Future<Change> leave(Target place, User user) {
        Presence.requireKnown(user);
        Map<String, Guest> guests = places.getOrDefault(place, Map.of());
        Guest guest = guests.get(user.id());
        if (guest == null) {
            return Future.succeededFuture(new Change(false, guests.size()));
        }
        boolean last = guest.sockets() == 1;
        if (last) {
            guests.remove(user.id());
        } else {
            guests.put(user.id(), new Guest(guest.user(), guest.sockets() - 1));
        }
        if (guests.isEmpty()) {
            places.remove(place);
        }
        return Future.succeededFuture(new Change(last, guests.size()));
    }

    @Override
    public synchronized Future<List<User>> users(Target place) {
        return Future.succeededFuture(places.getOrDefault(place, Map.of()).values().stream()
                .map(Guest::user)
                .toList());
    }

    @Override
    public synchronized Future<Integer> count(Target place) {
        return Future.succeededFuture(places.getOrDefault(place, Map.of()).size());
    }

    /** How many places take memory. */
    synchronized int places() {
        return places.size();
    }
}
