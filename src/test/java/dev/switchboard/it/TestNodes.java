package dev.switchboard.it;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The Vert.x instances of a test, in this JVM: one alone, or several that are a cluster of their own on loopback. */
final class TestNodes implements AutoCloseable {
    /** How many; the same scenarios run on one node and on several. */
    static final int COUNT = Integer.getInteger("switchboard.test.nodes", 1);

    private static final String HOST = "127.0.0.1";

    private final List<HazelcastClusterManager> members = new ArrayList<>();
    private final List<Vertx> all = new ArrayList<>();
    private final List<Vertx> strangers = new ArrayList<>();

    private TestNodes() {}

    static TestNodes start() {
        TestNodes nodes = new TestNodes();
        if (COUNT == 1) {
            nodes.all.add(Vertx.vertx());
        } else {
            nodes.formCluster();
        }
        return nodes;
    }

    List<Vertx> all() {
        return all;
    }

    /** A member of the cluster that runs nothing of this project, as another process would be; alone, the one there is. */
    Vertx stranger() {
        if (COUNT == 1) {
            return all.get(0);
        }
        HazelcastInstance first = hazelcast(members.get(0));
        int port = first.getCluster().getLocalMember().getAddress().getPort();
        Config config = config(first.getConfig().getClusterName(), port);
        config.getNetworkConfig().getJoin().getTcpIpConfig().addMember(HOST + ":" + port);
        members.add(new HazelcastClusterManager(config));
        Vertx stranger = TestServer.await(clustered(members.get(members.size() - 1)));
        strangers.add(stranger);
        return stranger;
    }

    private void formCluster() {
        String cluster = "test-" + UUID.randomUUID();
        members.add(new HazelcastClusterManager(config(cluster, Ports.free())));
        all.add(TestServer.await(clustered(members.get(0))));
        int port = hazelcast(members.get(0))
                .getCluster()
                .getLocalMember()
                .getAddress()
                .getPort();
        // The first is there, so that the others need not agree on who is.
        List<Future<Vertx>> others = new ArrayList<>();
        for (int n = 1; n < COUNT; n++) {
            Config config = config(cluster, port);
            config.getNetworkConfig().getJoin().getTcpIpConfig().addMember(HOST + ":" + port);
            members.add(new HazelcastClusterManager(config));
            others.add(clustered(members.get(n)));
        }
        others.forEach(other -> all.add(TestServer.await(other)));
    }

    private static Future<Vertx> clustered(HazelcastClusterManager member) {
        VertxOptions options =
                new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(10).setInternalBlockingPoolSize(10);
        options.getEventBusOptions().setHost(HOST);
        return Vertx.builder().with(options).withClusterManager(member).buildClustered();
    }

    private static Config config(String cluster, int port) {
        Config config = new Config()
                .setClusterName(cluster)
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.health.monitoring.level", "OFF")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.max.wait.seconds.before.join", "1")
                .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
                // Each is moved when a node comes or goes; a few are enough for a few nodes.
                .setProperty("hazelcast.partition.count", "17")
                .setProperty("hazelcast.partition.operation.thread.count", "2")
                .setProperty("hazelcast.operation.generic.thread.count", "2")
                .setProperty("hazelcast.io.thread.count", "1")
                .setProperty("hazelcast.event.thread.count", "1")
                .setProperty("hazelcast.graceful.shutdown.max.wait", "10");
        config.getMultiMapConfig("__vertx.subs").setValueCollectionType(ValueCollectionType.SET);
        NetworkConfig network = config.getNetworkConfig().setPort(port).setPortAutoIncrement(true);
        network.getInterfaces().setEnabled(true).addInterface(HOST);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        return config;
    }

    private static HazelcastInstance hazelcast(HazelcastClusterManager member) {
        return member.getHazelcastInstance();
    }

    /** Ends all of them at a time. One that does not end by itself fails the test, and is ended all the same. */
    @Override
    public void close() {
        try {
            TestServer.await(Future.join(Stream.concat(strangers.stream(), all.stream())
                    .map(Vertx::close)
                    .toList()));
        } finally {
            members.stream()
                    .map(TestNodes::hazelcast)
                    .filter(one -> one.getLifecycleService().isRunning())
                    .forEach(one -> one.getLifecycleService().terminate());
        }
    }
}
