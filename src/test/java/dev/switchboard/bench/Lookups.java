package dev.switchboard.bench;

import com.hazelcast.map.IMap;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What an emit to a room costs when its nodes are known, and when they are looked up in a map of Hazelcast first, at the
 * owner of the room's partition; in turns, in one run.
 */
final class Lookups {
    private static final int ROOMS = 100;
    private static final int ROUNDS = 5;
    private static final int EMITS = 6_000;

    private final CostNode from;
    private final CostClient client;
    private final IMap<String, String> directory;
    private final Context context;

    private Lookups(CostNode from, CostClient client) {
        this.from = from;
        this.client = client;
        this.directory = from.hazelcast().getMap("directory of rooms");
        this.context = from.vertx().getOrCreateContext();
    }

    static void print(CostCluster cluster, WebSocketClient outside) {
        CostNode from = cluster.first();
        CostClient client = CostClient.open(outside, cluster.last(), "/ws");
        Lookups lookups = new Lookups(from, client);
        for (int n = 0; n < ROOMS; n++) {
            from.namespace("/").socket(client.id()).join(room(n)).await();
            lookups.directory.set(room(n), cluster.last().peers().self());
        }
        Figures.header(
                "under way",
                "room's nodes",
                "median ms",
                "p99 ms",
                "a second",
                "CPU µs per emit, all nodes",
                "bytes allocated");
        lookups.run(1, EMITS / 4);
        lookups.run(16, EMITS);
    }

    private static String room(int n) {
        return "room " + n % ROOMS;
    }

    private void run(int window, int count) {
        IntFunction<Future<?>> known = n -> Future.succeededFuture();
        IntFunction<Future<?>> lookedUp = n -> Future.fromCompletionStage(directory.getAsync(room(n)), context);
        List<Stream.Result> with = new ArrayList<>();
        List<Stream.Result> without = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            Stream.Result one = stream(known).run(count, window);
            Stream.Result other = stream(lookedUp).run(count, window);
            if (round > 0) {
                without.add(one);
                with.add(other);
            }
        }
        row(window, "known", without);
        row(window, "looked up", with);
    }

    private Stream stream(IntFunction<Future<?>> before) {
        return Stream.of(from, client, before, n -> from.namespace("/").room(room(n)));
    }

    private static void row(int window, String how, List<Stream.Result> rounds) {
        Figures.row(
                window,
                how,
                median(rounds.stream().mapToDouble(Stream.Result::median).toArray()),
                median(rounds.stream().mapToDouble(Stream.Result::p99).toArray()),
                median(rounds.stream().mapToDouble(Stream.Result::perSecond).toArray()),
                median(rounds.stream().mapToDouble(Stream.Result::cpuMicros).toArray()),
                median(rounds.stream().mapToDouble(Stream.Result::bytes).toArray()));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
