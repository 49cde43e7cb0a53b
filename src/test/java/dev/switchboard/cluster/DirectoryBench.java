package dev.switchboard.cluster;

import dev.switchboard.bus.Target;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Which of three other nodes have members of a room: asked for each delivery. */
@State(Scope.Thread)
public class DirectoryBench {
    @Param({"10", "100000"})
    public int rooms;

    private final Vertx vertx = Vertx.vertx();
    private final KnownPeers peers = new KnownPeers(
            (ContextInternal) vertx.getOrCreateContext(),
            "here",
            epoch -> {
                throw new IllegalStateException("nobody is greeted");
            },
            List::of,
            new Questions((VertxInternal) vertx));
    private int next;

    @Setup
    public void fill() {
        for (int node = 0; node < 3; node++) {
            int own = node;
            Peer peer = peers.add("node-" + node);
            peer.interests(new Parcel.Interests(IntStream.range(0, rooms)
                    .filter(room -> room % 3 == own)
                    .mapToObj(DirectoryBench::room)
                    .toList()));
        }
    }

    @TearDown
    public void close() {
        vertx.close().await();
    }

    private static Target room(int number) {
        return Target.room("/", "room-" + number);
    }

    @Benchmark
    public List<String> interested() {
        next = (next + 7) % rooms;
        return peers.interested(room(next));
    }
}
