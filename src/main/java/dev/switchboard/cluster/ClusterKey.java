package dev.switchboard.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.switchboard.config.ConfigurationException;
import dev.switchboard.config.Fault;
import dev.switchboard.config.Secret;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One token key for all nodes of a cluster. What the nodes are given must be the same; on loopback, nodes that are given
 * none agree on a random one. Off loopback the key never travels.
 */
public final class ClusterKey {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterKey.class);
    static final String MAP = "__switchboard.token";
    private static final String KEY = "key";
    private static final String PRINT = "print";
    private static final String PATH = "token.keyFile";

    private ClusterKey() {}

    /**
     * The key that this node is to use.
     *
     * @param trustedNetwork whether the cluster may reach beyond this machine
     * @param given what this node was given
     * @return fails with a {@link ConfigurationException} when the other nodes use another, when one must be given, or
     *     when the cluster reaches further than it may
     */
    public static Future<Secret> agree(Vertx vertx, boolean trustedNetwork, Optional<Secret> given) {
        HazelcastInstance hazelcast =
                ((HazelcastClusterManager) ((VertxInternal) vertx).clusterManager()).getHazelcastInstance();
        return vertx.executeBlocking(() -> agree(hazelcast, trustedNetwork, given), false);
    }

    static Secret agree(HazelcastInstance hazelcast, boolean trustedNetwork, Optional<Secret> given)
            throws UnknownHostException, NoSuchAlgorithmException {
        if (!isOnLoopback(hazelcast)) {
            refuse(trustedNetwork, given.isPresent());
        }
        IMap<String, String> shared = hazelcast.getMap(MAP);
        Secret key = given.isPresent() ? given.get() : random(shared);
        String print = print(key);
        String known = shared.putIfAbsent(PRINT, print);
        if (known != null && !known.equals(print)) {
            throw new ConfigurationException(
                    List.of(new Fault(PATH, "is not the key that the other nodes of the cluster use")));
        }
        return key;
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

    private static Secret random(IMap<String, String> shared) {
        LOG.warn("No token key is configured: the nodes of this cluster share a random one, and when all have ended, so"
                + " have all log-ins. Set SWITCHBOARD_TOKEN_KEY or token.keyFile.");
        String fresh = Base64.getEncoder().encodeToString(PageTokens.randomKey().bytes());
        String known = shared.containsKey(PRINT) ? shared.get(KEY) : shared.putIfAbsent(KEY, fresh);
        if (known == null && shared.containsKey(PRINT)) {
            shared.remove(KEY);
            throw new ConfigurationException(
                    List.of(new Fault(PATH, "is missing: the other nodes of the cluster were given a key")));
        }
        return new Secret(Base64.getDecoder().decode(known == null ? fresh : known));
    }

    private static String print(Secret key) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.bytes()));
    }
}
