package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three members as {@code conf/cluster.xml} has them, of which the eldest dies. */
@Timeout(60)
final class EldestLossTest {
    /** A member tries to connect again so often, each tenth of a second, before it misses another. */
    private static final String TRIES = "hazelcast.connection.monitor.max.faults";

    private final List<HazelcastInstance> members = new ArrayList<>();
    private final List<Integer> ports = Stream.generate(Ports::free).limit(3).toList();

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        members.forEach(member -> member.getLifecycleService().terminate());
        System.clearProperty("vertx.hazelcast.config");
    }

    private HazelcastInstance start(int number, String tries) {
        Membership shipped = new Membership(ClusterFile.find(new SearchPath(folder, folder)));
        shipped.join(ports.stream().map(port -> "127.0.0.1:" + port).toList());
        Config config = shipped.clusterManager()
                .getConfig()
                .setClusterName("eldest " + ports.get(0))
                .setProperty("hazelcast.operation.thread.count", "2")
                .setProperty(TRIES, tries);
        config.getNetworkConfig().setPort(ports.get(number)).setPortAutoIncrement(false);
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        members.add(member);
        return member;
    }

    private static int size(HazelcastInstance member) {
        return member.getCluster().getMembers().size();
    }

    @Test
    void eldest_dies_andOneMissesItLaterThanTheOther_theyStayTogether() {
        HazelcastInstance eldest = start(0, "3");
        HazelcastInstance next = start(1, "3");
        HazelcastInstance late = start(2, "20");
        await().atMost(Duration.ofSeconds(20)).until(() -> members.stream().allMatch(member -> size(member) == 3));
        List<LifecycleState> states = new CopyOnWriteArrayList<>();
        late.getLifecycleService().addLifecycleListener(event -> states.add(event.getState()));

        eldest.getLifecycleService().terminate();

        await().atMost(Duration.ofSeconds(20)).until(() -> size(late) < 3 && size(next) < 3);
        assertThat(List.of(size(next), size(late))).as("members that each has").containsOnly(2);
        assertThat(states).isEmpty();
    }
}
