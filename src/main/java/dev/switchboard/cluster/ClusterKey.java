package dev.switchboard.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.switchboard.config.ConfigurationException;
import dev.switchboard.config.Fault;
import dev.switchboard.config.Secret;
import dev.switchboard.config.TokenConfig;
import dev.switchboard.token.PageTokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Token keys that fit each other on all nodes of a cluster: what one node signs, every other accepts. On loopback, nodes that
 * are given none agree on a random one. Off loopback keys never travel, only their hashes do.
 */
public final class ClusterKey {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterKey.class);

    /** The random key, and of each node by its id the hashes of its keys, the signing one first. */
    static final String MAP = "__switchboard.token";

    private static final String KEY = "key";
    private static final String PATH = "token.keyFile";

    private ClusterKey() {}

    /**
     * The key with which this node is to sign.
     *
     * @param trustedNetwork whether the cluster may reach beyond this machine
     * @param given what this node was given
     * @return fails with a {@link ConfigurationException} when this node and another would refuse each other's tokens, when
     *     a key must be given, or when the cluster reaches further than it may
     */
    public static Future<Secret> agree(Vertx vertx, boolean trustedNetwork, TokenConfig given) {
        HazelcastInstance hazelcast =
                ((HazelcastClusterManager) ((VertxInternal) vertx).clusterManager()).getHazelcastInstance();
        return vertx.executeBlocking(() -> agree(hazelcast, trustedNetwork, given.key(), given.acceptedKeys()), false);
    }

    static Secret agree(
            HazelcastInstance hazelcast, boolean trustedNetwork, Optional<Secret> given, List<Secret> accepted)
            throws UnknownHostException, NoSuchAlgorithmException {
        if (!isOnLoopback(hazelcast)) {
            refuse(trustedNetwork, given.isPresent());
        }
        IMap<String, String> shared = hazelcast.getMap(MAP);
        Secret key = given.isPresent() ? given.get() : random(hazelcast, shared);
        List<String> own = new ArrayList<>(List.of(print(key)));
        for (Secret other : accepted) {
            own.add(print(other));
        }
        String self = hazelcast.getCluster().getLocalMember().getUuid().toString();
        // Told before the others are read: of two that start at once, one sees the other.
        shared.put(self, String.join(" ", own));
        for (List<String> theirs : others(hazelcast, shared)) {
            if (!own.contains(theirs.get(0)) || !theirs.contains(own.get(0))) {
                shared.remove(self);
                throw new ConfigurationException(List.of(new Fault(PATH, fault(given.isPresent(), own, theirs))));
            }
        }
        return key;
    }

    private static String fault(boolean given, List<String> own, List<String> theirs) {
        if (!given) {
            return "is missing: the other nodes of the cluster were given a key";
        }
        if (own.stream().noneMatch(theirs::contains)) {
            return "is not the key that the other nodes of the cluster use";
        }
        return own.contains(theirs.get(0))
                ? "is a key whose tokens another node does not accept: give it to all nodes in token.acceptedKeyFiles first"
                : "is not the key with which another node signs, and token.acceptedKeyFiles does not have that one";
    }

    /** The keys of the other nodes that are there. */
    private static List<List<String>> others(HazelcastInstance hazelcast, IMap<String, String> shared) {
        Member self = hazelcast.getCluster().getLocalMember();
        Set<String> nodes = hazelcast.getCluster().getMembers().stream()
                .filter(member -> !member.equals(self))
                .map(member -> member.getUuid().toString())
                .collect(Collectors.toSet());
        return shared.getAll(nodes).values().stream()
                .map(prints -> List.of(prints.split(" ")))
                .toList();
    }

    private static boolean isOnLoopback(HazelcastInstance hazelcast) throws UnknownHostException {
        for (Member member : hazelcast.getCluster().getMembers()) {
            if (!member.getAddress().getInetAddress().isLoopbackAddress()) {
                return false;
            }
        }
        return true;
    }

    private static void refuse(boolean trustedNetwork, boolean keyGiven) {
        List<Fault> faults = new ArrayList<>();
        if (!trustedNetwork) {
            faults.add(new Fault("cluster.trustedNetwork", "must be true where the cluster is open to other machines"));
        }
        if (!keyGiven) {
            faults.add(new Fault(
                    PATH, "is missing: nodes on several machines must be given a key, or SWITCHBOARD_TOKEN_KEY"));
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
    }

    private static Secret random(HazelcastInstance hazelcast, IMap<String, String> shared) {
        LOG.warn("No token key is configured: the nodes of this cluster share a random one, and when all have ended, so"
                + " have all log-ins. Set SWITCHBOARD_TOKEN_KEY or token.keyFile.");
        if (!others(hazelcast, shared).isEmpty() && !shared.containsKey(KEY)) {
            throw new ConfigurationException(List.of(new Fault(PATH, fault(false, List.of(), List.of()))));
        }
        String fresh = Base64.getEncoder().encodeToString(PageTokens.randomKey().bytes());
        String known = shared.putIfAbsent(KEY, fresh);
        return new Secret(Base64.getDecoder().decode(known == null ? fresh : known));
    }

    private static String print(Secret key) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.bytes()));
    }
}
