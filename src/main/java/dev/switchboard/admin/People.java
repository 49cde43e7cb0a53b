package dev.switchboard.admin;

import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.Member;
import dev.switchboard.bus.Target;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Who is connected, as JSON. */
final class People {
    private static final int MOST = 100;

    private final Hubs hubs;

    People(Hubs hubs) {
        this.hubs = hubs;
    }

    /** The first hundred sockets that are meant, each with its rooms; a single one that is not there is none. */
    Future<JsonObject> sockets(Target target) {
        return hubs.sockets(target).otherwise(List.of()).compose(all -> {
            List<Future<JsonObject>> shown = all.stream()
                    .limit(MOST)
                    .map(member -> socket(target.namespace(), member))
                    .toList();
            return Future.all(shown)
                    .map(told -> new JsonObject()
                            .put("all", all.size())
                            .put("sockets", new JsonArray(told.<JsonObject>list())));
        });
    }

    private Future<JsonObject> socket(String namespace, Member member) {
        Target socket = Target.socket(namespace, member.socket());
        JsonObject json = new JsonObject()
                .put("id", member.socket())
                .put("user", member.user().id())
                .put("name", member.user().name())
                .put("node", hubs.nodeOf(socket).orElse(null));
        return hubs.rooms(socket)
                .otherwise(Set.of())
                .map(rooms -> json.put("rooms", new JsonArray(List.copyOf(new TreeSet<>(rooms)))));
    }

    /** The first hundred rooms of a namespace whose names hold a text. */
    Future<JsonObject> rooms(String namespace, String text) {
        return hubs.rooms(Target.all(namespace)).map(all -> {
            List<String> fitting =
                    all.stream().filter(room -> room.contains(text)).sorted().toList();
            return new JsonObject()
                    .put("all", fitting.size())
                    .put("rooms", new JsonArray(fitting.stream().limit(MOST).toList()));
        });
    }
}
