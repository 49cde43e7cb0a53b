package dev.switchboard.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Which nodes there are, by Hazelcast's word. For any thread. */
final class Members {
    /** Where Vert.x's cluster manager notes the id of its node. */
    static final String NODE_ID = "__vertx.nodeId";

    private final HazelcastInstance hazelcast;

    Members(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /**
     * Listens, on Hazelcast's own threads.
     *
     * @param came told the id of a node that is a member now
     * @param lost told the id of a node that is no member any more
     * @param merged told that two halves of a cluster became one again, and this node was in the smaller
     */
    void listen(Consumer<String> came, Consumer<String> lost, Runnable merged) {
        hazelcast.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                tell(came, event);
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                tell(lost, event);
            }
        });
        hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                merged.run();
            }
        });
    }

    private static void tell(Consumer<String> listener, MembershipEvent event) {
        String node = event.getMember().getAttribute(NODE_ID);
        if (node != null) {
            listener.accept(node);
        }
    }

    /** Whether a member of this id, which is Hazelcast's own, is there now. */
    boolean has(UUID id) {
        for (Member member : hazelcast.getCluster().getMembers()) {
            if (member.getUuid().equals(id)) {
                return true;
            }
        }
        return false;
    }

    /** The ids of all nodes, the oldest first. */
    Set<String> ids() {
        Cluster cluster = hazelcast.getCluster();
        Set<String> ids = new LinkedHashSet<>();
        for (Member member : cluster.getMembers()) {
            ids.add(Objects.requireNonNullElse(member.getAttribute(NODE_ID), ""));
        }
        ids.remove("");
        return ids;
    }
}
