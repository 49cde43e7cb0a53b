package dev.switchboard.bench;

/** A node of a measured cluster in a JVM of its own, with many rooms and users. It is to be killed. */
final class CrowdedNode {
    static final String READY = "ready";
    static final int BEGIN = Crowd.SIZE;
    static final int SIZE = Crowd.SIZE / 3;

    private CrowdedNode() {}

    public static void main(String[] args) {
        CostNode node = CostCluster.existing(args[0], Integer.parseInt(args[1])).add();
        node.peers().joined().await();
        Crowd.announce(node.peers(), BEGIN, BEGIN + SIZE, 1).await();
        System.out.println(READY);
    }
}
