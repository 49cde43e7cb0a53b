package dev.switchboard.config;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * How far this node trusts what is around its cluster.
 *
 * @param tls by which nodes know each other on the event bus; without it nothing is asked there and nothing encrypted
 */
public record ClusterConfig(boolean trustedNetwork, Optional<TlsConfig> tls) {
    /**
     * Reads this section alone, before there is a node that could read the rest. It may block.
     *
     * @param json what the verticle is given as configuration, whatever that is
     * @throws ConfigurationException with every fault of the section, if there is one
     */
    public static ClusterConfig read(JsonObject json, Map<String, String> environment) {
        Section root = Section.root(json);
        ClusterConfig cluster = read(root.section("cluster", environment));
        if (!root.faults().isEmpty()) {
            throw new ConfigurationException(root.faults());
        }
        return cluster;
    }

    static ClusterConfig read(Section cluster) {
        return new ClusterConfig(
                cluster.key(
                                "trustedNetwork",
                                "whether every machine that can reach the ports of the cluster may be one of its nodes;"
                                        + " only then may they be open to other machines")
                        .flag(false),
                TlsConfig.ofPeer(cluster));
    }
}
