package dev.switchboard.it;

import dev.switchboard.testkit.LocalCluster;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Optional;

/** The Vert.x instances of a test, in this JVM: one alone, or several that are a cluster of their own on loopback. */
final class TestNodes implements AutoCloseable {
    /** How many; the same scenarios run on one node and on several. */
    static final int COUNT = Integer.getInteger("switchboard.test.nodes", 1);

    private final Optional<LocalCluster> cluster;
    private final List<Vertx> all;

    private TestNodes(int count) {
        cluster = count == 1 ? Optional.empty() : Optional.of(LocalCluster.start(count));
        all = cluster.map(LocalCluster::members).orElseGet(() -> List.of(alone()));
    }

    /** On the transport that nodes have which are started from the command line. */
    private static Vertx alone() {
        return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    }

    static TestNodes start() {
        return start(COUNT);
    }

    static TestNodes start(int count) {
        return new TestNodes(count);
    }

    List<Vertx> all() {
        return all;
    }

    /** A member of the cluster that runs nothing of this project, as another process would be; alone, the one there is. */
    Vertx stranger() {
        return cluster.map(LocalCluster::join).orElseGet(() -> all.get(0));
    }

    @Override
    public void close() {
        cluster.ifPresentOrElse(
                LocalCluster::close, () -> TestServer.await(all.get(0).close()));
    }
}
