package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.config.ConfigurationException;
import dev.switchboard.config.Secret;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ClusterKeyTest {
    private static final Secret ONE = new Secret("one key of at least 32 characters".getBytes(StandardCharsets.UTF_8));
    private static final Secret OTHER =
            new Secret("another key, also of 32 characters".getBytes(StandardCharsets.UTF_8));

    private static Vertx vertx;
    private static PresenceNode first;
    private static PresenceNode second;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        first = PresenceNode.first(vertx);
        second = first.another(vertx);
    }

    @AfterAll
    static void stop() {
        first.crash();
        second.crash();
        vertx.close().await();
    }

    /** As if all nodes had ended. */
    @AfterEach
    void forget() {
        first.hazelcast().getMap(ClusterKey.MAP).clear();
    }

    private static Secret agree(PresenceNode node, Secret given) throws Exception {
        return agree(node, given, List.of());
    }

    private static Secret agree(PresenceNode node, Secret given, List<Secret> accepted) throws Exception {
        return ClusterKey.agree(node.hazelcast(), false, Optional.ofNullable(given), accepted);
    }

    @Test
    void agree_signingKeyThatTheOthersAccept_isTaken() throws Exception {
        agree(first, ONE, List.of(OTHER));

        assertThat(agree(second, OTHER, List.of(ONE))).isEqualTo(OTHER);
    }

    @Test
    void agree_signingKeyThatTheOthersDoNotAccept_isRefused() throws Exception {
        agree(first, ONE);

        assertThatThrownBy(() -> agree(second, OTHER, List.of(ONE)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("token.keyFile: is a key whose tokens another node does not accept");
        assertThat(agree(second, ONE)).isEqualTo(ONE);
    }

    @Test
    void agree_nodeThatDoesNotAcceptTheOthers_isRefused() throws Exception {
        agree(first, ONE, List.of(OTHER));

        assertThatThrownBy(() -> agree(second, OTHER))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("token.keyFile: is not the key with which another node signs");
    }

    @Test
    void agree_afterARestartWithANewKeyOnBoth_needsTheOldOneNoMore() throws Exception {
        agree(first, ONE, List.of(OTHER));
        agree(second, OTHER, List.of(ONE));
        agree(first, OTHER, List.of(ONE));

        assertThat(agree(second, OTHER)).isEqualTo(OTHER);
    }

    @Test
    void agree_noneGiven_isTheSameOnAllNodes() throws Exception {
        Secret key = agree(first, null);

        assertThat(agree(second, null)).isEqualTo(key);
        assertThat(agree(first, null)).isEqualTo(key);
        assertThat(key.bytes()).hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    void agree_sameGiven_isThatOne() throws Exception {
        assertThat(agree(first, ONE)).isEqualTo(ONE);
        assertThat(agree(second, ONE)).isEqualTo(ONE);
    }

    @Test
    void agree_anotherGiven_isRefused() throws Exception {
        agree(first, ONE);

        assertThatThrownBy(() -> agree(second, OTHER))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("token.keyFile: is not the key that the other nodes of the cluster use");
    }

    @Test
    void agree_givenToTheFirstOnly_isMissing() throws Exception {
        agree(first, ONE);

        assertThatThrownBy(() -> agree(second, null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("token.keyFile: is missing");
    }

    @Test
    void agree_givenToTheSecondOnly_isRefused() throws Exception {
        agree(first, null);

        assertThatThrownBy(() -> agree(second, ONE)).isInstanceOf(ConfigurationException.class);
    }
}
