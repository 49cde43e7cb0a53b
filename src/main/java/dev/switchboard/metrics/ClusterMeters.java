package dev.switchboard.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What a node tells of the others. All of it is read when the meters are. */
public final class ClusterMeters {
    private final MeterRegistry registry;

    /** The registry does not hold what it asks, so that it must be held here. */
    private final List<LongSupplier> held = new ArrayList<>();

    ClusterMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    private ClusterMeters gauge(Meter meter, LongSupplier value) {
        meter.gauge(registry, value::getAsLong);
        return this;
    }

    private ClusterMeters traffic(Meter meter, String direction, LongSupplier value) {
        held.add(value);
        meter.counter(registry, value, direction);
        return this;
    }

    /** Nodes that know each other, this one included. */
    public ClusterMeters nodes(LongSupplier nodes) {
        return gauge(Meter.NODES, nodes);
    }

    /** Nodes by the word of what clusters them. */
    public ClusterMeters members(LongSupplier members) {
        return gauge(Meter.CLUSTER_MEMBERS, members);
    }

    /** 1 when a node may be lost and nothing that the cluster keeps with it. */
    public ClusterMeters safe(LongSupplier safe) {
        return gauge(Meter.CLUSTER_SAFE, safe);
    }

    /** Targets of which other nodes have sockets. */
    public ClusterMeters directory(LongSupplier entries) {
        return gauge(Meter.DIRECTORY_ENTRIES, entries);
    }

    /** Bytes that wait for other nodes. */
    public ClusterMeters waiting(LongSupplier bytes) {
        return gauge(Meter.OUTBOUND_NODE_BYTES, bytes);
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
        return traffic(Meter.NODE_MESSAGES, direction, messages).traffic(Meter.NODE_BYTES, direction, bytes);
    }
}
