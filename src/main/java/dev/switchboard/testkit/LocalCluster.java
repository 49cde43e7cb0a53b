package dev.switchboard.testkit;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.impl.EventBusInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x instances in this JVM that are a cluster of their own, on loopback. They are slower to form than to use: some
 * seconds. For the thread of the test.
 */
public final class LocalCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Wait WAIT = new Wait(Duration.ofSeconds(60));

    private final String name = "test-" + UUID.randomUUID();
    private final List<HazelcastClusterManager> managers = new ArrayList<>();
    private final List<Vertx> members = new ArrayList<>();
    private final List<Vertx> lost = new ArrayList<>();

    private final @Nullable TestClock clock;

    private LocalCluster(@Nullable TestClock clock) {
        this.clock = clock;
    }

    /** With so many members. */
    public static LocalCluster start(int members) {
        return start(members, null);
    }

    /** The same; this clock, if there is one, moves the timers of all. */
    static LocalCluster start(int members, @Nullable TestClock clock) {
        LocalCluster cluster = new LocalCluster(clock);
        // The first is there, so that the others need not agree on who is.
        List<Future<Vertx>> others = new ArrayList<>();
        for (int n = 0; n < members; n++) {
            if (n == 0) {
                cluster.join();
            } else {
                others.add(cluster.joining());
            }
        }
        others.forEach(other -> cluster.members.add(WAIT.on("a member of the cluster", other)));
        return cluster;
    }

    /** In the order in which they came; those that are lost, too. */
    public List<Vertx> members() {
        return List.copyOf(members);
    }

    /** One more. */
    public Vertx join() {
        Vertx member = WAIT.on("a member of the cluster", joining());
        members.add(member);
        return member;
    }

    private Future<Vertx> joining() {
        Config config = config(name, managers.isEmpty() ? freePort() : port());
        if (!managers.isEmpty()) {
            config.getNetworkConfig().getJoin().getTcpIpConfig().addMember(HOST + ":" + port());
        }
        HazelcastClusterManager manager = new HazelcastClusterManager(config);
        managers.add(manager);
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(10)
                .setInternalBlockingPoolSize(10)
                .setPreferNativeTransport(true);
        options.getEventBusOptions().setHost(HOST);
        VertxBuilder builder = clock == null ? Vertx.builder() : clock.build();
        return builder.with(options).withClusterManager(manager).buildClustered();
    }

    /** Of one that is there. */
    private int port() {
        return managers.stream()
                .map(HazelcastClusterManager::getHazelcastInstance)
                .filter(one -> one != null && one.getLifecycleService().isRunning())
                .findFirst()
                .orElseThrow()
                .getCluster()
                .getLocalMember()
                .getAddress()
                .getPort();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets the others lose a member at once, as if its machine had: it says nothing more to them, and does not leave. What
     * it runs goes on by itself until the cluster is closed.
     */
    public void lose(Vertx member) {
        HazelcastClusterManager manager = managers.get(members.indexOf(member));
        lost.add(member);
        Promise<Void> cut = Promise.promise();
        ((EventBusInternal) ((VertxInternal) member).eventBus()).close(cut);
        manager.getHazelcastInstance().getLifecycleService().terminate();
        // It fails where it wanted to tell the others.
        WAIT.on("the end of its bus", cut.future().otherwiseEmpty());
    }

    private static Config config(String cluster, int port) {
        Config config = new Config()
                .setClusterName(cluster)
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.health.monitoring.level", "OFF")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.max.wait.seconds.before.join", "1")
                .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
                // Each is moved when a node comes or goes; a few are enough for a few nodes.
                .setProperty("hazelcast.partition.count", "17")
                .setProperty("hazelcast.partition.operation.thread.count", "2")
                .setProperty("hazelcast.operation.generic.thread.count", "2")
                .setProperty("hazelcast.io.thread.count", "1")
                .setProperty("hazelcast.event.thread.count", "1")
                .setProperty("hazelcast.graceful.shutdown.max.wait", "10")
                // Members that end at the same time may ask each other what none of them answers any more.
                .setProperty("hazelcast.operation.call.timeout.millis", "10000");
        config.getMultiMapConfig("__vertx.subs").setValueCollectionType(ValueCollectionType.SET);
        NetworkConfig network = config.getNetworkConfig().setPort(port).setPortAutoIncrement(true);
        network.getInterfaces().setEnabled(true).addInterface(HOST);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        return config;
    }

    /**
     * Ends all, the first last: members that leave while nobody stays ask each other what none of them answers any more.
     * One that does not end by itself fails the test, and is ended all the same.
     */
    @Override
    public void close() {
        try {
            WAIT.on(
                    "the end of the other members",
                    Future.join(members.stream().skip(1).map(this::end).toList()));
            WAIT.on("the end of the first member", end(members.get(0)));
        } finally {
            managers.stream()
                    .map(HazelcastClusterManager::getHazelcastInstance)
                    .filter(one -> one != null && one.getLifecycleService().isRunning())
                    .forEach(LocalCluster::terminate);
        }
    }

    private Future<Void> end(Vertx member) {
        return lost.contains(member) ? member.close().otherwiseEmpty() : member.close();
    }

    /** Beside the caller: Vert.x, if it is about to leave, holds what this waits for, and waits for this. */
    private static void terminate(HazelcastInstance member) {
        Thread end = new Thread(() -> member.getLifecycleService().terminate(), "end of a member");
        end.setDaemon(true);
        end.start();
    }
}
