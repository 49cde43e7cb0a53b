package dev.switchboard.cluster;

import dev.switchboard.bus.ClusterState;
import java.util.concurrent.atomic.LongAdder;

/** Messages in one direction between this node and the others, and their bytes. For any thread. */
final class Flow {
    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void count(int size) {
        messages.increment();
        bytes.add(size);
    }

    ClusterState.Traffic sum() {
        return new ClusterState.Traffic(messages.sum(), bytes.sum());
    }
}
