package dev.switchboard.launch;

import com.hazelcast.config.Config;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperties;
import dev.switchboard.config.ClusterConfig;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.stream.Stream;

/** How a node finds the others: what its XML says, unless the command line names hosts. */
final class Membership {
    private static final String LOCAL_ADDRESS = "hazelcast.local.localAddress";
    private static final String TRUST_VARIABLE = "SWITCHBOARD_CLUSTER_TRUSTED_NETWORK";

    private final ClusterFile file;
    private final Config config;

    /** @throws LaunchException when the XML cannot be used */
    Membership(ClusterFile file) {
        this.file = file;
        this.config = file.read();
    }

    /** Listens on this address alone; members that only this machine could reach give way to it. */
    void host(String host) {
        // Were it an interface of the XML, Hazelcast would also look up no member by name on any other.
        config.getNetworkConfig().getInterfaces().setEnabled(false);
        config.setProperty(LOCAL_ADDRESS, Hosts.ofThisMachine(host));
        config.setProperty(ClusterProperty.SOCKET_BIND_ANY.getName(), "false");
        TcpIpConfig members = config.getNetworkConfig().getJoin().getTcpIpConfig();
        members.setMembers(Stream.concat(
                        Stream.of(host), members.getMembers().stream().filter(member -> !Hosts.isLoopback(member)))
                .toList());
    }

    /** Only these are asked from now on, in whatever way the XML looks for others. */
    void join(List<String> hosts) {
        if (isOnLoopback() && !hosts.stream().allMatch(Hosts::isLoopback)) {
            throw new LaunchException(
                    "-join " + String.join(",", hosts)
                            + " needs -cluster-host: without it this node is on loopback, where other machines cannot reach it");
        }
        JoinConfig before = config.getNetworkConfig().getJoin();
        JoinConfig join = new JoinConfig()
                .setTcpIpConfig(new TcpIpConfig()
                        .setEnabled(true)
                        .setConnectionTimeoutSeconds(before.getTcpIpConfig().getConnectionTimeoutSeconds())
                        .setMembers(hosts));
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().setJoin(join);
    }

    /** Nothing guards the port of Hazelcast, with TLS on the bus or without, so who opens them to others must say so. */
    void refuseStrangers(ClusterConfig cluster) {
        if (!isOnLoopback() && !cluster.trustedNetwork()) {
            String address = config.getProperty(LOCAL_ADDRESS);
            throw new LaunchException((address == null ? file.name() : "cluster host " + address)
                    + " opens the cluster to other machines: where all of them are trusted, set cluster.trustedNetwork to"
                    + " true in the configuration, or " + TRUST_VARIABLE + "=true");
        }
    }

    private boolean isOnLoopback() {
        boolean everywhere = new HazelcastProperties(config).getBoolean(ClusterProperty.SOCKET_SERVER_BIND_ANY);
        if (everywhere || config.getAdvancedNetworkConfig().isEnabled()) {
            return false;
        }
        String address = config.getProperty(LOCAL_ADDRESS);
        if (address != null) {
            return Hosts.isLoopback(address);
        }
        InterfacesConfig interfaces = config.getNetworkConfig().getInterfaces();
        return interfaces.isEnabled()
                && !interfaces.getInterfaces().isEmpty()
                && interfaces.getInterfaces().stream().allMatch(Hosts::isLoopback);
    }

    HazelcastClusterManager clusterManager() {
        return new HazelcastClusterManager(config);
    }
}
