package dev.switchboard.bench;

import com.hazelcast.config.Config;
import dev.switchboard.cluster.Traffic;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Nodes in this JVM that find only each other, by the cluster.xml that comes along. */
final class CostCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final String name;
    private final int firstPort;
    private final List<CostNode> nodes = new ArrayList<>();

    private CostCluster(String name, int firstPort) {
        this.name = name;
        this.firstPort = firstPort;
    }

    static CostCluster of(int count) {
        CostCluster cluster = new CostCluster("cost-" + UUID.randomUUID(), freePort());
        for (int n = 0; n < count; n++) {
            cluster.add();
        }
        return cluster;
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, and each node serves the same namespaces. */
    static CostCluster serving(int count, JsonObject configuration) {
        CostCluster cluster = of(count);
        cluster.nodes.forEach(node -> node.serve(configuration));
        return cluster;
    }

    /** For a node that is to join from another JVM. */
    static CostCluster existing(String name, int firstPort) {
        return new CostCluster(name, firstPort);
    }

    String name() {
        return name;
    }

    int firstPort() {
        return firstPort;
    }

    /** One more node; it has not met the others yet. */
    CostNode add() {
        HazelcastClusterManager member = new HazelcastClusterManager();
        Config config = member.loadConfig();
        config.setClusterName(name);
        config.getNetworkConfig().setPort(firstPort);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setMembers(List.of(HOST + ":" + firstPort));
        member.setConfig(config);
        VertxOptions options = new VertxOptions().setEventLoopPoolSize(2);
        options.getEventBusOptions().setHost(HOST);
        Vertx vertx = Vertx.builder()
                .with(options)
                .withClusterManager(member)
                .buildClustered()
                .await();
        CostNode node = new CostNode(vertx, member);
        nodes.add(node);
        return node;
    }

    List<CostNode> nodes() {
        return nodes;
    }

    CostNode first() {
        return nodes.get(0);
    }

    CostNode last() {
        return nodes.get(nodes.size() - 1);
    }

    int size() {
        return nodes.size();
    }

    long hazelcastOperations() {
        return nodes.stream().mapToLong(CostNode::hazelcastOperations).sum();
    }

    Traffic.Sent sent() {
        return nodes.stream().map(node -> node.traffic().sent()).reduce(new Traffic.Sent(0, 0, 0), Traffic.Sent::and);
    }

    @Override
    public void close() {
        Future.join(nodes.stream().map(node -> node.vertx().close()).toList()).await();
    }
}
