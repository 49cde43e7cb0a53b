package dev.switchboard.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import java.util.UUID;

/** A change of a place. Runs at the owner of the place, which signs the answer, then at its backup. */
abstract class SignedProcessor implements EntryProcessor<String, Roll, Tally>, HazelcastInstanceAware {
    private transient UUID signature = Tally.UNSIGNED;

    /** The member at which this runs. */
    UUID signature() {
        return signature;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        signature = hazelcast.getCluster().getLocalMember().getUuid();
    }
}
