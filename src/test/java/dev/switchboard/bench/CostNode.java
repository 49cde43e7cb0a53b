package dev.switchboard.bench;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.multimap.MultiMap;
import dev.switchboard.Namespace;
import dev.switchboard.Switchboard;
import dev.switchboard.bus.Peers;
import dev.switchboard.cluster.Traffic;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** One node of a measured cluster, in this JVM, with the settings that the launcher uses. */
final class CostNode {
    private static final String INVOCATIONS = "operation.invocations.lastCallId";

    private final Vertx vertx;
    private final HazelcastClusterManager member;
    private final Traffic traffic;
    private int port;

    CostNode(Vertx vertx, HazelcastClusterManager member) {
        this.vertx = vertx;
        this.member = member;
        this.traffic = Traffic.of(vertx);
    }

    void serve(JsonObject configuration) {
        Switchboard switchboard = new Switchboard();
        vertx.deployVerticle(switchboard, new DeploymentOptions().setConfig(configuration.copy()))
                .await();
        port = switchboard.port();
    }

    Vertx vertx() {
        return vertx;
    }

    int port() {
        return port;
    }

    Peers peers() {
        return Peers.of(vertx);
    }

    Namespace namespace(String name) {
        return Namespace.of(vertx, name);
    }

    HazelcastInstance hazelcast() {
        return member.getHazelcastInstance();
    }

    Traffic traffic() {
        return traffic;
    }

    /** What Vert.x's clustered registry holds for all nodes together. */
    int registrations() {
        MultiMap<Object, Object> registrations = hazelcast().getMultiMap("__vertx.subs");
        return registrations.size();
    }

    /** How many operations of any kind this member of Hazelcast has asked for, its own partitions included. */
    long hazelcastOperations() {
        return ((HazelcastInstanceProxy) hazelcast())
                .getOriginal()
                .node
                .getNodeEngine()
                .getMetricsRegistry()
                .newLongGauge(INVOCATIONS)
                .read();
    }
}
