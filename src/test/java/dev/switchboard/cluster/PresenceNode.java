package dev.switchboard.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Vertx;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A member of Hazelcast, and what it knows of presence. */
record PresenceNode(HazelcastInstance hazelcast, String id, HazelcastPresence presence) {
    static PresenceNode first(Vertx vertx) {
        Config config = config("presence-" + UUID.randomUUID());
        // Below those that the system gives away, and not the same for two who test at once.
        config.getNetworkConfig().setPort(ThreadLocalRandom.current().nextInt(20_000, 32_000));
        return start(config, vertx);
    }

    /** Another member of the cluster. */
    PresenceNode another(Vertx vertx) {
        Config config = config(hazelcast.getConfig().getClusterName());
        int port = hazelcast.getCluster().getLocalMember().getAddress().getPort();
        NetworkConfig network = config.getNetworkConfig().setPort(port + 1);
        network.getJoin().getTcpIpConfig().addMember("127.0.0.1:" + port);
        return start(config, vertx);
    }

    private static Config config(String cluster) {
        Config config = new Config().setClusterName(cluster);
        config.setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.health.monitoring.level", "OFF")
                .setProperty("hazelcast.wait.seconds.before.join", "0");
        NetworkConfig network = config.getNetworkConfig().setPortAutoIncrement(true);
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true);
        return config;
    }

    private static PresenceNode start(Config config, Vertx vertx) {
        String id = UUID.randomUUID().toString();
        config.getMemberAttributeConfig().setAttribute(Members.NODE_ID, id);
        HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(config);
        return new PresenceNode(hazelcast, id, new HazelcastPresence(hazelcast, id, vertx));
    }

    int members() {
        return hazelcast.getCluster().getMembers().size();
    }

    boolean isSafe() {
        return hazelcast.getPartitionService().isClusterSafe();
    }

    /** Ends it as a crash does: it tells nobody. */
    void crash() {
        hazelcast.getLifecycleService().terminate();
    }
}
