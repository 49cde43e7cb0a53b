package dev.switchboard.deployment;

import dev.switchboard.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes orders for the verticles of this node, and hands them to the other nodes of its cluster that are meant. Requests and
 * answers are JSON:
 *
 * <ul>
 *   <li>{@code {"do":"list"}}: {@code {"nodes":[{"node":"<pid>@<host>","handlers":[…]}]}}
 *   <li>{@code {"do":"deploy"|"undeploy","order":{…},"node":""|"all"|"<node>"}}: {@code {"done":["…"],"fault":"…"}}. Without
 *       a node those are meant that run it, or else this one. Nodes do it one after the other; the first that fails is the
 *       last that is asked.
 * </ul>
 */
public final class DeskVerticle extends VerticleBase {
    private static final String ALL = "all";
    private static final long LIST_MILLIS = 5_000;
    private static final long WORK_MILLIS = 120_000;

    private final String node;

    /** @param node what people call this node */
    public DeskVerticle(String node) {
        this.node = node;
    }

    /** What a node tells of itself. */
    private record Place(String desk, JsonObject told) {
        String name() {
            return told.getString("node");
        }

        boolean is(String wanted) {
            return name().equals(wanted) || name().startsWith(wanted + "@");
        }
    }

    @Override
    public Future<?> start() {
        return vertx.eventBus()
                .<JsonObject>consumer(Addresses.desk(self()), this::take)
                .completion();
    }

    private String self() {
        ClusterManager cluster = ((VertxInternal) vertx).clusterManager();
        return cluster == null ? "" : cluster.getNodeId();
    }

    private List<String> desks() {
        ClusterManager cluster = ((VertxInternal) vertx).clusterManager();
        return cluster == null ? List.of("") : cluster.getNodes();
    }

    /** Answers a request for the whole cluster; from any thread. */
    public Future<JsonObject> answer(JsonObject request) {
        Order order = request.containsKey("order") ? Order.of(request.getJsonObject("order")) : null;
        return places(request)
                .compose(places -> order == null
                        ? Future.succeededFuture(new JsonObject()
                                .put(
                                        "nodes",
                                        new JsonArray(
                                                places.stream().map(Place::told).toList())))
                        : work(request, order, places));
    }

    private Future<JsonObject> work(JsonObject request, Order order, List<Place> places) {
        List<Place> meant = meant(request.getString("node", ""), places);
        JsonObject report = new JsonObject().put("done", new JsonArray());
        if (meant.isEmpty()) {
            return Future.succeededFuture(report.put("fault", "there is no node " + request.getString("node")));
        }
        Future<JsonObject> all = Future.succeededFuture(report);
        for (Place place : meant) {
            JsonObject task =
                    new JsonObject().put("do", request.getString("do")).put("order", order.json());
            all = all.compose(soFar -> soFar.containsKey("fault")
                    ? Future.succeededFuture(soFar)
                    : ask(place.desk(), task, WORK_MILLIS).map(answer -> with(soFar, place, answer)));
        }
        return all;
    }

    private List<Place> meant(String wanted, List<Place> places) {
        if (wanted.equals(ALL)) {
            return places;
        }
        if (!wanted.isEmpty()) {
            return places.stream().filter(place -> place.is(wanted)).toList();
        }
        List<Place> running =
                places.stream().filter(place -> place.told().getBoolean("runs")).toList();
        return running.isEmpty()
                ? places.stream().filter(place -> place.desk().equals(self())).toList()
                : running;
    }

    private static JsonObject with(JsonObject report, Place place, JsonObject answer) {
        String fault = answer.getString("fault");
        if (fault != null) {
            return report.put("fault", place.name() + ": " + fault);
        }
        report.getJsonArray("done").add(place.name() + ": " + answer.getString("done"));
        return report;
    }

    /** All nodes that have a desk, this one first. */
    private Future<List<Place>> places(JsonObject request) {
        JsonObject question = new JsonObject().put("do", "tell").put("order", request.getJsonObject("order"));
        List<Future<JsonObject>> told = new ArrayList<>();
        List<String> desks = desks().stream()
                .sorted(Comparator.comparing((String desk) -> !desk.equals(self()))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        desks.forEach(desk -> told.add(ask(desk, question, LIST_MILLIS)));
        return Future.join(told).transform(done -> {
            List<Place> places = new ArrayList<>();
            for (int n = 0; n < told.size(); n++) {
                if (told.get(n).succeeded()) {
                    places.add(new Place(desks.get(n), told.get(n).result()));
                }
            }
            return Future.succeededFuture(places);
        });
    }

    private Future<JsonObject> ask(String desk, JsonObject task, long limitMillis) {
        return vertx.eventBus()
                .<JsonObject>request(Addresses.desk(desk), task, new DeliveryOptions().setSendTimeout(limitMillis))
                .map(Message::body);
    }

    // ---- what one node does

    private void take(Message<JsonObject> message) {
        Deployments deployments = Deployments.of(vertx);
        JsonObject order = message.body().getJsonObject("order");
        Future<JsonObject> answer = switch (message.body().getString("do")) {
            case "deploy" -> deployments.deploy(Order.of(order)).map(DeskVerticle::done);
            case "undeploy" -> deployments.undeploy(Order.of(order)).map(DeskVerticle::done);
            default -> vertx.executeBlocking(() -> tell(deployments, order));
        };
        answer.onSuccess(message::reply)
                .onFailure(cause -> message.reply(new JsonObject().put("fault", String.valueOf(cause.getMessage()))));
    }

    private static JsonObject done(String line) {
        return new JsonObject().put("done", line);
    }

    private JsonObject tell(Deployments deployments, @Nullable JsonObject order) {
        JsonArray handlers = new JsonArray();
        for (Running one : deployments.listed()) {
            JsonObject events = new JsonObject();
            one.events()
                    .forEach((namespace, names) ->
                            events.put(namespace, new JsonArray(List.copyOf(new TreeSet<>(names)))));
            handlers.add(new JsonObject()
                    .put("name", one.name())
                    .put("version", Deployments.shown(deployments.version(one)))
                    .put("instances", one.instances())
                    .put("events", events));
        }
        return new JsonObject()
                .put("node", node)
                .put("handlers", handlers)
                .put("runs", order != null && deployments.runs(Order.of(order)));
    }
}
