package dev.switchboard.config;

/**
 * How far this node trusts what is around its cluster.
 *
 * @param trustedNetwork whether everybody who can reach the ports of the cluster may be one of its nodes; only then may
 *     they be open to other machines
 */
public record ClusterConfig(boolean trustedNetwork) {
    static ClusterConfig read(Section cluster) {
        return new ClusterConfig(cluster.flag("trustedNetwork", false));
    }
}
