package dev.switchboard.bench.micro;

import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.LocalHubs;
import dev.switchboard.bus.Target;
import dev.switchboard.wire.Payload;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From the bus to the connections of one hub, that has 1,000 sockets on connections that only count. An operation is one
 * delivery to one socket.
 */
@State(Scope.Benchmark)
public class HubBench {
    private static final int SOCKETS = 1_000;
    private static final int BROADCASTS = 16;
    private static final int DIRECT = 1_000;

    private final Payload data = Payload.of("x".repeat(128));
    private CountingHub hub;
    private LocalHubs hubs;
    private List<Target> single;

    @Setup
    public void open() throws Exception {
        hub = new CountingHub(SOCKETS);
        hubs = new LocalHubs(hub.vertx());
        single = hub.sockets().stream()
                .map(socket -> Target.socket("/", socket.id()))
                .toList();
    }

    @TearDown
    public void close() {
        hub.close();
    }

    @Benchmark
    @OperationsPerInvocation(SOCKETS * BROADCASTS)
    public void broadcast() throws Exception {
        hub.await(SOCKETS * BROADCASTS, () -> {
            for (int n = 0; n < BROADCASTS; n++) {
                hubs.send(new HubMessage.Deliver(Target.all("/"), new Delivery("broadcast", data)));
            }
        });
    }

    @Benchmark
    @OperationsPerInvocation(DIRECT)
    public void toOneSocket() throws Exception {
        hub.await(DIRECT, () -> {
            for (int n = 0; n < DIRECT; n++) {
                hubs.send(new HubMessage.Deliver(single.get(n), new Delivery("private", data)));
            }
        });
    }
}
