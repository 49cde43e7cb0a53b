package dev.switchboard.testkit;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Nodes of one cluster for tests: Hazelcast and the clustered event bus on loopback, in this JVM. It takes seconds to start,
 * so it is for what one node cannot show: what reaches the clients of another one, and what becomes of those of a lost one.
 *
 * <pre>{@code
 * try (TestCluster cluster = TestCluster.start(2, configuration)) {
 *     TestClient ann = cluster.node(0).connect("ann");
 *     TestClient bob = cluster.node(1).connect("bob");
 *     ann.emit("new message", "hi");
 *     bob.next("new message");
 *     cluster.lose(1);
 * }
 * }</pre>
 */
public final class TestCluster implements AutoCloseable {
    private final TestClock clock = new TestClock();
    private final LocalCluster cluster;
    private final List<TestNode> nodes = new ArrayList<>();
    private final List<TestNode> there = new CopyOnWriteArrayList<>();

    private TestCluster(int count, JsonObject configuration) {
        cluster = LocalCluster.start(count, clock);
        try {
            cluster.members().forEach(member -> nodes.add(new TestNode(member, clock, configuration, there)));
            there.addAll(nodes);
        } catch (RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    /** So many nodes, each with this configuration; see {@link TestNode#start(JsonObject)}. */
    public static TestCluster start(int nodes, JsonObject configuration) {
        return new TestCluster(nodes, configuration);
    }

    /** The node of this number, from 0 on. */
    public TestNode node(int number) {
        return nodes.get(number);
    }

    /** The time of all nodes. */
    public TestClock clock() {
        return clock;
    }

    /** All that are not lost. */
    public List<TestNode> nodes() {
        return List.copyOf(there);
    }

    /** Loses a node without a word, with its handlers and its clients, which are closed as broken. */
    public void lose(int number) {
        TestNode node = nodes.get(number);
        there.remove(node);
        cluster.lose(node.vertx());
        node.cutOff();
    }

    /**
     * Ends all.
     *
     * @throws AssertionError as {@link TestNode#close}
     */
    @Override
    public void close() {
        cluster.close();
        nodes.forEach(TestNode::checkFaults);
    }
}
