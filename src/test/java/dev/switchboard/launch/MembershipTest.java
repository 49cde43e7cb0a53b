package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import dev.switchboard.config.ClusterConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MembershipTest {
    private static final ClusterConfig USUAL = ClusterConfig.read(new JsonObject(), Map.of());
    private static final JsonObject TRUSTING =
            new JsonObject().put("cluster", new JsonObject().put("trustedNetwork", true));
    private static final String MULTICAST = "<join><multicast enabled='true'/></join>";

    @TempDir
    private Path folder;

    @AfterEach
    void forgetTheFile() {
        System.clearProperty("vertx.hazelcast.config");
    }

    private Membership shipped() {
        return new Membership(ClusterFile.find(new SearchPath(folder, folder)));
    }

    private Membership own(String network) throws IOException {
        Files.createDirectory(folder.resolve("conf"));
        Files.writeString(
                folder.resolve("conf/cluster.xml"),
                "<hazelcast xmlns='http://www.hazelcast.com/schema/config'><network>" + network
                        + "</network></hazelcast>");
        return shipped();
    }

    private static NetworkConfig network(Membership membership) {
        return membership.clusterManager().getConfig().getNetworkConfig();
    }

    @Test
    void find_noFile_isTheJars() {
        assertThat(shipped().clusterManager().getConfig().getClusterName()).isEqualTo("switchboard");
        assertThatCode(() -> shipped().refuseStrangers(USUAL)).doesNotThrowAnyException();
    }

    @Test
    void find_usersXml_joinsAsItSays() throws IOException {
        JoinConfig join = network(own(MULTICAST)).getJoin();
        assertThat(join.getMulticastConfig().isEnabled()).isTrue();
        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
    }

    @Test
    void host_membersOnLoopback_giveWay() throws IOException {
        Membership membership = own("<join><tcp-ip enabled='true'><member>localhost:5701</member>"
                + "<member>198.51.100.7</member></tcp-ip></join>");
        membership.host("127.0.0.2");
        assertThat(network(membership).getJoin().getTcpIpConfig().getMembers())
                .containsExactly("127.0.0.2", "198.51.100.7");
    }

    @Test
    void join_hosts_areTheOnlyMembers() throws IOException {
        Membership membership = own(MULTICAST);
        membership.join(List.of("198.51.100.7:5801", "other"));
        JoinConfig join = network(membership).getJoin();
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
        assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactly("198.51.100.7:5801", "other");
    }

    @Test
    void join_otherMachineFromLoopback_isRefused() {
        assertThatThrownBy(() -> shipped().join(List.of("127.0.0.1", "198.51.100.7")))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith("-join 127.0.0.1,198.51.100.7 needs -cluster-host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MULTICAST,
                "<interfaces enabled='true'><interface>198.51.100.*</interface></interfaces>",
                "<interfaces enabled='true'><interface>127.0.0.1</interface></interfaces>"
            })
    void refuseStrangers_openToOthers_wantsATrustedNetwork(String network) throws IOException {
        Membership membership = own(network);
        String variable = "SWITCHBOARD_CLUSTER_TRUSTED_NETWORK";
        assertThatThrownBy(() -> membership.refuseStrangers(USUAL))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("cluster.xml opens the cluster to other machines");
        assertThatThrownBy(() -> membership.refuseStrangers(ClusterConfig.read(TRUSTING, Map.of(variable, "false"))))
                .isInstanceOf(LaunchException.class);
        assertThatCode(() -> membership.refuseStrangers(ClusterConfig.read(TRUSTING, Map.of())))
                .doesNotThrowAnyException();
        assertThatCode(() -> membership.refuseStrangers(ClusterConfig.read(new JsonObject(), Map.of(variable, "true"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "localhost, true",
        "localhost:5701, true",
        "::1, true",
        "[::1]:5701, true",
        "198.51.100.1, false",
        "0.0.0.0, false",
        "127.0.0.1.invalid, false"
    })
    void isLoopback_hosts_areTold(String host, boolean loopback) {
        assertThat(Hosts.isLoopback(host)).isEqualTo(loopback);
    }

    @Test
    void ofThisMachine_all_isNoAddress() {
        assertThatThrownBy(() -> Hosts.ofThisMachine("0.0.0.0")).hasMessageContaining("not an address of this machine");
    }
}
