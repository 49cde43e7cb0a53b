package dev.switchboard.bench;

import dev.switchboard.Audience;
import dev.switchboard.bus.Peers;
import dev.switchboard.bus.Target;
import dev.switchboard.cluster.Traffic;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;

/** A hundred thousand rooms and as many users: what they cost, and what happens when nodes come and go. */
final class Crowd {
    static final int SIZE = 100_000;

    private static final int EMITS = 20_000;
    private static final int ROUNDS = 5;
    private static final int FEW = 10;

    private final CostCluster cluster;

    private Crowd(CostCluster cluster) {
        this.cluster = cluster;
    }

    static void print(CostCluster cluster) throws IOException, InterruptedException {
        new Crowd(cluster).print();
    }

    private static Target room(int n) {
        return Target.room("/", "room-" + n);
    }

    private static Target user(int n) {
        return Target.user("/", "user-" + n);
    }

    /** Makes this node one that has sockets of each room and user in a range, by steps. */
    static Future<?> announce(Peers peers, int begin, int end, int step) {
        List<Future<?>> known = new ArrayList<>();
        for (int n = begin; n < end; n += step) {
            known.add(peers.interest(room(n), true));
            known.add(peers.interest(user(n), true));
        }
        return Future.all(known);
    }

    static boolean knows(CostNode node, int last) {
        return !node.peers().interested(user(last)).isEmpty();
    }

    private void print() throws IOException, InterruptedException {
        Figures.header("what", "figure");
        int nodes = cluster.size();
        List<Gaps> gaps =
                cluster.nodes().stream().map(node -> Gaps.of(node.vertx())).toList();
        long before = heap();
        Traffic.Sent sent = cluster.sent();
        long begun = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int n = 0; n < nodes; n++) {
            all.add(announce(cluster.nodes().get(n).peers(), n, SIZE, nodes));
        }
        Future.all(all).await();
        Figures.row("announce all, ms", Figures.millisSince(begun));
        all.clear();
        Traffic.Sent more = cluster.sent().since(sent);
        Figures.row(
                "batches, parcels, MB for that",
                more.batches() + ", " + more.parcels() + ", " + Math.round(more.bytes() / 1e6));
        Figures.row("longest stop of an event loop meanwhile, ms", longest(gaps));
        long grown = heap() - before;
        Figures.row("heap per node, MB", grown / 1e6 / nodes);
        Figures.row("heap per node and room or user, bytes", grown / (double) nodes / 2 / SIZE);
        emits("room", n -> cluster.first().namespace("/").room("room-" + n));
        emits("user", n -> cluster.first().namespace("/").user("user-" + n));
        newcomer(gaps);
        loss();
        allLeave(gaps);
    }

    private void emits(String kind, IntFunction<Audience> to) {
        long[] few = new long[ROUNDS];
        long[] many = new long[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            long one = emits(FEW, to);
            long other = emits(SIZE, to);
            if (round >= 0) {
                few[round] = one;
                many[round] = other;
            }
        }
        double ratio = (double) Figures.quantile(many, 0.5) / Figures.quantile(few, 0.5);
        Figures.row(
                "emit to a random " + kind + " of 10 and of 100,000, µs and ratio",
                String.format(
                        Locale.ROOT,
                        "%.1f, %.1f, %.2f",
                        Figures.median(few) * 1000 / EMITS,
                        Figures.median(many) * 1000 / EMITS,
                        ratio));
    }

    /** Only to those of other nodes, the same share each time; until these have taken all of it. */
    private long emits(int some, IntFunction<Audience> to) {
        Random random = new Random(some);
        long begun = System.nanoTime();
        for (int n = 0; n < EMITS; n++) {
            int one = random.nextInt(some);
            to.apply(one % cluster.size() == 0 ? one + 1 : one).emit("hit", "a text of some length, for all of them");
        }
        cluster.first().namespace("/").all().sockets().await();
        return System.nanoTime() - begun;
    }

    private void newcomer(List<Gaps> known) {
        long begun = System.nanoTime();
        CostNode late = cluster.add();
        Figures.row("a node starts: Hazelcast and the bus, ms", Figures.millisSince(begun));
        Gaps gaps = Gaps.of(late.vertx());
        known.forEach(Gaps::reset);
        Traffic.Sent sent = cluster.sent();
        begun = System.nanoTime();
        late.peers().joined().await();
        Figures.row("until it knows all, ms", Figures.millisSince(begun));
        boolean complete = knows(late, SIZE - 1) && knows(late, 0) && knows(late, SIZE / 2);
        Figures.row("it does", complete);
        Figures.row("MB for that", cluster.sent().since(sent).bytes() / 1e6);
        Figures.row("longest stop of its event loops, ms", gaps.longestMillis());
        Figures.row("and of those of the others, ms", longest(known));
        late.vertx().close().await();
        cluster.nodes().remove(late);
    }

    private void allLeave(List<Gaps> gaps) {
        gaps.forEach(Gaps::reset);
        for (int n = 0; n < SIZE; n++) {
            Peers peers = cluster.nodes().get(n % cluster.size()).peers();
            peers.interest(room(n), false);
            peers.interest(user(n), false);
        }
        long begun = System.nanoTime();
        Wait.until(() -> cluster.nodes().stream()
                .noneMatch(node -> knows(node, SIZE - 1) || knows(node, SIZE - 2) || knows(node, SIZE - 3)));
        Figures.row("all leave at once: until that is known, lingering included, ms", Figures.millisSince(begun));
        Figures.row("longest stop of an event loop meanwhile, ms", longest(gaps));
    }

    private void loss() throws IOException, InterruptedException {
        try (ForkedCostNode other = ForkedCostNode.start(cluster)) {
            Wait.until(() -> areAll(true));
            long begun = System.nanoTime();
            other.signal("STOP");
            long paused = begun;
            cluster.first()
                    .peers()
                    .interest(Target.room("/", "joined during a pause"), true)
                    .onSuccess(v -> Figures.row(
                            "a node is paused: until a join to a new room is acknowledged, ms",
                            Figures.millisSince(paused)));
            Wait.until(() -> areAll(false));
            Figures.row("a node is paused: until all have forgotten it, ms", Figures.millisSince(begun));
            begun = System.nanoTime();
            other.signal("CONT");
            Wait.until(() -> areAll(true));
            Figures.row("it goes on: until all know what it has, ms", Figures.millisSince(begun));
            begun = System.nanoTime();
            other.signal("KILL");
            Wait.until(() -> areAll(false));
            Figures.row("it is killed: until all have forgotten it, ms", Figures.millisSince(begun));
        }
    }

    private boolean areAll(boolean knowing) {
        int last = CrowdedNode.BEGIN + CrowdedNode.SIZE - 1;
        return cluster.nodes().stream().allMatch(node -> knows(node, last) == knowing);
    }

    private static double longest(List<Gaps> gaps) {
        return gaps.stream().mapToDouble(Gaps::longestMillis).max().orElse(0);
    }

    static long heap() {
        for (int n = 0; n < 3; n++) {
            System.gc();
            Wait.pause(300);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
