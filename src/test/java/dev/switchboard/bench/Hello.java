package dev.switchboard.bench;

import dev.switchboard.cluster.Traffic;

/** One node has all rooms and users, and another one comes: all of it goes in one message. */
final class Hello {
    private Hello() {}

    static void print(int... sizes) {
        Figures.header(
                "rooms and users", "MB", "until known, ms", "stop of the old node's loops, ms", "of the new one's, ms");
        for (int size : sizes) {
            print(size);
        }
    }

    private static void print(int size) {
        try (CostCluster cluster = CostCluster.of(1)) {
            CostNode old = cluster.first();
            old.peers().joined().await();
            Crowd.announce(old.peers(), 0, size, 1).await();
            Gaps gaps = Gaps.of(old.vertx());
            CostNode late = cluster.add();
            Gaps its = Gaps.of(late.vertx());
            gaps.reset();
            Traffic.Sent sent = cluster.sent();
            long begun = System.nanoTime();
            late.peers().joined().await();
            double took = Figures.millisSince(begun);
            double bytes = cluster.sent().since(sent).bytes() / 1e6;
            if (!Crowd.knows(late, size - 1)) {
                throw new IllegalStateException("it does not know all");
            }
            Figures.row(2 * size, bytes, took, gaps.longestMillis(), its.longestMillis());
        }
    }
}
