package dev.switchboard.bench;

import dev.switchboard.cluster.Traffic;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** What one act costs in operations of Hazelcast and in traffic between nodes. */
final class Counts {
    private static final int TIMES = 200;
    private static final int TOGETHER = 16;
    private static final String PLAIN = "/";
    private static final String PRESENT = "/present";

    private final CostCluster cluster;
    private final WebSocketClient outside;
    private final List<CostClient> clients = new ArrayList<>();
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicInteger joined = new AtomicInteger();

    private Counts(CostCluster cluster, WebSocketClient outside) {
        this.cluster = cluster;
        this.outside = outside;
    }

    static void header() {
        Figures.header("nodes", "act", "Hazelcast operations", "batches", "parcels", "bytes per parcel");
    }

    static void print(CostCluster cluster, WebSocketClient outside) throws IOException, InterruptedException {
        new Counts(cluster, outside).print();
    }

    private void print() throws IOException, InterruptedException {
        CostNode first = cluster.first();
        CostNode last = cluster.last();
        int before = first.registrations();
        cluster.nodes()
                .forEach(node -> node.vertx()
                        .deployVerticle(new CostHandler(nanos -> joined.incrementAndGet()))
                        .await());
        CostClient near = open(first, "/ws");
        CostClient far = open(last, "/ws");
        String user = user(last, "/ws");
        first.namespace(PLAIN).socket(far.id()).join("far").await();
        first.namespace(PLAIN).socket(near.id()).join("near").await();
        Wait.settle();

        count("nothing, for as long as 200 joins take", n -> Wait.pause(3));
        count("connect", n -> open(first, "/ws"));
        count("join, first of its node", n -> join(near, "room " + n));
        count("join, the node has members", n -> join(clients.get(3 + n), "near"));
        count(
                "leave, last of its node",
                n -> first.namespace(PLAIN).socket(near.id()).leave("room " + n).await());
        count(
                "broadcast",
                n -> emitted(clients.size(), () -> first.namespace(PLAIN).all().emit("hit", n)));
        count(
                "emit to a room on another node",
                n -> emitted(1, () -> first.namespace(PLAIN).room("far").emit("hit", n)));
        count(
                "emit to a room of this node",
                n -> emitted(
                        TIMES + 1, () -> first.namespace(PLAIN).room("near").emit("hit", n)));
        count(
                "emit to a room without members",
                n -> first.namespace(PLAIN).room("none").emit("hit", n).await());
        count(
                "private message to another node",
                n -> emitted(1, () -> first.namespace(PLAIN).user(user).emit("hit", n)));
        together(first);
        last.vertx().deployVerticle(new FarHandler()).await();
        count(
                "event to a handler on another node, and its end",
                n -> emitted(1, () -> {
                    near.emit("far", n);
                    return Future.succeededFuture();
                }));
        Figures.row(
                cluster.size(), "registrations before and after", before + " and " + first.registrations(), "", "", "");
        presence(first);
    }

    private void together(CostNode from) {
        count(
                TOGETHER + " emits to a room on another node, made together",
                n -> emitted(TOGETHER, () -> {
                    from.vertx().getOrCreateContext().runOnContext(v -> {
                        for (int emit = 0; emit < TOGETHER; emit++) {
                            from.namespace(PLAIN).room("far").emit("hit", emit);
                        }
                    });
                    return Future.succeededFuture();
                }));
    }

    private void presence(CostNode from) throws IOException, InterruptedException {
        List<String> tokens = new ArrayList<>();
        for (int n = 0; n < TIMES; n++) {
            tokens.add(token(from).getString("token"));
        }
        int before = clients.size();
        count("connect, with presence", n -> open(from, "/present/ws?token=" + tokens.get(n)));
        Wait.settle();
        List<CostClient> present = clients.subList(before, before + TIMES);
        count(
                "join, with presence",
                n -> from.namespace(PRESENT)
                        .socket(present.get(n).id())
                        .join("room")
                        .await());
        Wait.settle();
        count(
                "leave, with presence",
                n -> from.namespace(PRESENT)
                        .socket(present.get(n).id())
                        .leave("room")
                        .await());
        count(
                "broadcast, with presence",
                n -> emitted(TIMES, () -> from.namespace(PRESENT).all().emit("hit", n)));
        count(
                "count(), with presence",
                n -> from.namespace(PRESENT).all().count().await());
    }

    private void count(String act, IntConsumer action) {
        Wait.pause(300);
        long operations = cluster.hazelcastOperations();
        Traffic.Sent sent = cluster.sent();
        for (int n = 0; n < TIMES; n++) {
            action.accept(n);
        }
        Wait.pause(act.startsWith("leave") ? 4_000 : 100);
        long asked = cluster.hazelcastOperations() - operations;
        Traffic.Sent more = cluster.sent().since(sent);
        Figures.row(
                cluster.size(),
                act,
                (double) asked / TIMES,
                (double) more.batches() / TIMES,
                (double) more.parcels() / TIMES,
                more.parcels() == 0 ? "" : (double) more.bytes() / more.parcels());
    }

    private CostClient open(CostNode node, String path) {
        CostClient client = CostClient.open(outside, node, path);
        client.listen(text -> {
            if (text.startsWith("{\"event\":\"hit\"")) {
                heard.incrementAndGet();
            }
        });
        clients.add(client);
        return client;
    }

    private void join(CostClient client, String room) {
        int before = joined.get();
        client.emit("join", room);
        Wait.until(() -> joined.get() > before);
    }

    private void emitted(int receivers, Supplier<Future<Void>> emit) {
        int before = heard.get();
        emit.get().await();
        Wait.until(() -> heard.get() == before + receivers);
    }

    /** Opens a socket of a new user; returns the user's id. */
    private String user(CostNode node, String path) throws IOException, InterruptedException {
        JsonObject issued = token(node);
        open(node, path + "?token=" + issued.getString("token"));
        return issued.getJsonObject("user").getString("id");
    }

    private static JsonObject token(CostNode node) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/token"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"ann\"}"))
                .build();
        return new JsonObject(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }
}
