package dev.switchboard.launch;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of what name its cluster is, and how many members it has, now and whenever one comes or goes. */
public final class MembersVerticle extends VerticleBase implements MembershipListener {
    private static final Logger LOG = LoggerFactory.getLogger(MembersVerticle.class);

    @Override
    public Future<?> start() {
        HazelcastInstance hazelcast =
                ((HazelcastClusterManager) ((VertxInternal) vertx).clusterManager()).getHazelcastInstance();
        hazelcast.getCluster().addMembershipListener(this);
        LOG.info("cluster: {}", hazelcast.getConfig().getClusterName());
        tell(hazelcast.getCluster().getMembers().size());
        return Future.succeededFuture();
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        tell(event.getMembers().size());
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        tell(event.getMembers().size());
    }

    private static void tell(int members) {
        LOG.info("members: {}", members);
    }
}
