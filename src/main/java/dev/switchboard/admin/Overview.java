package dev.switchboard.admin;

import dev.switchboard.bus.Addresses;
import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Answers;
import dev.switchboard.bus.HandlerDirectory;
import dev.switchboard.bus.Peers;
import dev.switchboard.bus.Survey;
import dev.switchboard.metrics.Series;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How all nodes are, as JSON. However many look at it, nodes are asked at most once a second, and for the versions of their
 * handlers every ten.
 */
final class Overview {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FRESH_HANDLERS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Vertx vertx;
    private final Peers peers;
    private final Survey survey;
    private final HandlerDirectory directory;
    private final List<String> namespaces;
    private final Remembered<JsonObject> state = new Remembered<>(FRESH_NANOS);
    private final Remembered<JsonArray> handlers = new Remembered<>(FRESH_HANDLERS_NANOS);

    /** What was found the last time, for whoever asks again soon. */
    private static final class Remembered<T> {
        private final long fresh;
        private @Nullable Future<T> last;
        private long since;

        Remembered(long fresh) {
            this.fresh = fresh;
        }

        synchronized Future<T> get(Supplier<Future<T>> ask) {
            long now = System.nanoTime();
            Future<T> known = last;
            if (known == null || known.failed() || now - since > fresh) {
                known = ask.get();
                last = known;
                since = now;
            }
            return known;
        }
    }

    /** @param namespaces of this node */
    Overview(Vertx vertx, List<String> namespaces) {
        this.vertx = vertx;
        this.namespaces = namespaces;
        this.peers = Peers.of(vertx);
        this.survey = new Survey(vertx);
        this.directory = new HandlerDirectory(vertx);
    }

    Future<JsonObject> json() {
        return state.get(() -> Future.all(
                        survey.nodes(AdminDesk.NAME, Payload.of(AdminDesk.TELL), LIMIT),
                        handlers.get(this::askHandlers))
                .map(both -> json(both.resultAt(0), both.resultAt(1))));
    }

    private JsonObject json(Answers answers, JsonArray running) {
        JsonArray nodes = new JsonArray();
        answers.answers()
                .forEach(answer -> nodes.add(
                        answer.failure() == null
                                ? answer.data().object()
                                : new JsonObject()
                                        .put("node", answer.from())
                                        .put("fault", answer.failure().code())));
        return new JsonObject()
                .put("at", System.currentTimeMillis())
                .put("self", peers.self())
                .put("bounds", new JsonArray(List.copyOf(Series.bounds())))
                .put("namespaces", new JsonArray(namespaces))
                .put("nodes", nodes)
                .put("handlers", running);
    }

    // ---- handlers, by the word of the node's desk, which knows their versions, or else of the directory

    private Future<JsonArray> askHandlers() {
        List<Future<JsonArray>> asked = new ArrayList<>();
        asked.add(handlersOf(peers.self()));
        peers.nodes().forEach(node -> asked.add(handlersOf(node)));
        return Future.all(asked).map(all -> {
            JsonArray merged = new JsonArray();
            all.<JsonArray>list().forEach(merged::addAll);
            return merged;
        });
    }

    private Future<JsonArray> handlersOf(String node) {
        DeliveryOptions limit = new DeliveryOptions().setSendTimeout(LIMIT.toMillis());
        return vertx.eventBus()
                .<JsonObject>request(Addresses.desk(node), new JsonObject().put("do", "tell"), limit)
                .map(Message::body)
                .map(told -> told.getJsonArray("handlers", new JsonArray()))
                .otherwise(noDesk -> announced(node))
                .map(all -> {
                    all.forEach(one -> ((JsonObject) one).put("node", node));
                    return all;
                });
    }

    private JsonArray announced(String node) {
        Map<String, JsonObject> byName = new TreeMap<>();
        for (Announcement one : directory.instances()) {
            if (one.node().equals(node)) {
                JsonObject json = byName.computeIfAbsent(one.handler(), name -> new JsonObject().put("name", name));
                JsonObject events = new JsonObject();
                one.events()
                        .forEach((namespace, names) ->
                                events.put(namespace, new JsonArray(List.copyOf(new TreeSet<>(names)))));
                json.put("instances", json.getInteger("instances", 0) + 1).put("events", events);
            }
        }
        return new JsonArray(List.copyOf(byName.values()));
    }
}
