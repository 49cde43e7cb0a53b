package dev.switchboard.cluster;

import com.hazelcast.core.HazelcastInstance;
import dev.switchboard.bus.Peers;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** Finds the other nodes of a Vert.x that Hazelcast clusters; see {@link Peers#of}. */
public final class ClusterPeersProvider implements Peers.Provider {
    @Override
    public Peers create(Vertx vertx) {
        VertxInternal internal = (VertxInternal) vertx;
        if (!(internal.clusterManager() instanceof HazelcastClusterManager manager)) {
            throw new IllegalStateException("Switchboard needs a Vert.x that is clustered by Hazelcast");
        }
        HazelcastInstance hazelcast = manager.getHazelcastInstance();
        String self = manager.getNodeId();
        HazelcastPresence presence = new HazelcastPresence(hazelcast, self, vertx);
        Members members = new Members(hazelcast);
        Claims claims = new Claims(hazelcast, self, members, vertx);
        HazelcastJournal journal = new HazelcastJournal(hazelcast, members, vertx);
        ClusterPeers peers =
                new ClusterPeers(internal, self, members, presence, claims, journal, new Safety(hazelcast, vertx));
        peers.start();
        return peers;
    }
}
