package dev.switchboard.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What a node tells of the others. All of it is read when the meters are. */
public final class ClusterMeters {
    private final MeterRegistry registry;

    /** The registry does not hold what it asks, so that it must be held here. */
    private final List<LongSupplier> held = new ArrayList<>();

    ClusterMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    private ClusterMeters gauge(String name, String description, LongSupplier value) {
        Supplier<Number> number = value::getAsLong;
        Gauge.builder(name, number).description(description).register(registry);
        return this;
    }

    private ClusterMeters traffic(String name, String description, String direction, LongSupplier value) {
        held.add(value);
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .tag("direction", direction)
                .register(registry);
        return this;
    }

    /** Nodes that know each other, this one included. */
    public ClusterMeters nodes(LongSupplier nodes) {
        return gauge("switchboard_nodes", "Nodes of the cluster", nodes);
    }

    /** Nodes by the word of what clusters them. */
    public ClusterMeters members(LongSupplier members) {
        return gauge("switchboard_cluster_members", "Members of the cluster, by Hazelcast's word", members);
    }

    /** 1 when a node may be lost and nothing that the cluster keeps with it. */
    public ClusterMeters safe(LongSupplier safe) {
        return gauge("switchboard_cluster_safe", "Whether what this node keeps stands on another, too", safe);
    }

    /** Targets of which other nodes have sockets. */
    public ClusterMeters directory(LongSupplier entries) {
        return gauge(
                "switchboard_directory_entries", "Targets of which other nodes are known to have sockets", entries);
    }

    /** Bytes that wait for other nodes. */
    public ClusterMeters waiting(LongSupplier bytes) {
        return gauge("switchboard_outbound_node_bytes", "Bytes that wait for other nodes", bytes);
    }

    /** Traffic to other nodes. */
    public ClusterMeters sent(LongSupplier messages, LongSupplier bytes) {
        return traffic("sent", messages, bytes);
    }

    /** Traffic from other nodes. */
    public ClusterMeters received(LongSupplier messages, LongSupplier bytes) {
        return traffic("received", messages, bytes);
    }

    private ClusterMeters traffic(String direction, LongSupplier messages, LongSupplier bytes) {
        return traffic("switchboard_node_messages", "Messages between nodes", direction, messages)
                .traffic("switchboard_node_bytes", "Bytes of messages between nodes", direction, bytes);
    }
}
