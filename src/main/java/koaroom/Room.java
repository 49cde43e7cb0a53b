package koaroom;

import dev.switchboard.Audience;
import dev.switchboard.bus.Member;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.shareddata.Counter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What all nodes share: the number of the last message, and who is there. For any thread. */
final class Room {
    private static final String NAME = "koaroom";

    private final Counter messages;
    private final AsyncMap<String, JsonObject> seats;

    private Room(Counter messages, AsyncMap<String, JsonObject> seats) {
        this.messages = messages;
        this.seats = seats;
    }

    static Future<Room> of(Vertx vertx) {
        return vertx.sharedData()
                .getCounter(NAME + ".messages")
                .compose(messages -> vertx.sharedData()
                        .<String, JsonObject>getAsyncMap(NAME + ".seats")
                        .map(seats -> new Room(messages, seats)));
    }

    /** The next number, the first of so many that are nobody else's. */
    Future<Long> number(int count) {
        return messages.addAndGet(count).map(last -> last - count + 1);
    }

    /** Takes somebody in: whoever reads the list from now on finds them in it. */
    Future<Void> enter(String socket, JsonObject user) {
        return seats.put(socket, new JsonObject().put("user", user).put("came", System.currentTimeMillis()));
    }

    /** Who is there, in the order in which they came. */
    Future<List<JsonObject>> users(Audience everybody) {
        return seats.entries().compose(taken -> everybody.sockets().map(there -> here(taken, there)));
    }

    Future<Void> leave(String socket) {
        return seats.remove(socket).mapEmpty();
    }

    /** The seats of a node that was lost are taken by nobody. What was read before the sockets is not younger than they. */
    private List<JsonObject> here(Map<String, JsonObject> taken, List<Member> there) {
        Set<String> sockets = there.stream().map(Member::socket).collect(Collectors.toSet());
        taken.keySet().stream().filter(socket -> !sockets.contains(socket)).forEach(seats::remove);
        return taken.entrySet().stream()
                .filter(seat -> sockets.contains(seat.getKey()))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(seat -> seat.getLong("came")))
                .map(seat -> seat.getJsonObject("user"))
                .toList();
    }
}
