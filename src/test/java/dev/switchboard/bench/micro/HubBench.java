package dev.switchboard.bench.micro;

import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.LocalHubs;
import dev.switchboard.bus.Target;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.hub.Hub;
import dev.switchboard.limit.Bounds;
import dev.switchboard.metrics.Meters;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.time.NodeClock;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.Revocations;
import dev.switchboard.transport.memory.MemoryConnection;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.Payload;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final Counter counter = new Counter();
    private final MemoryConnection connection = new MemoryConnection(Codec.EVENTS, counter);
    private final LocalHubs hubs = new LocalHubs(vertx);
    private final Payload data = Payload.of("x".repeat(128));
    private final List<Target> single = new ArrayList<>();

    /** Takes everything and does nothing with it. Lives on the hub's loop. */
    private static final class Counter implements MemoryConnection.Peer {
        private int missing;
        private CompletableFuture<Void> complete = new CompletableFuture<>();

        /** Completes when so many messages were written. */
        void expect(int messages, CompletableFuture<Void> done) {
            missing = messages;
            complete = done;
        }

        @Override
        public void received(Frame frame) {
            if (--missing == 0) {
                complete.complete(null);
            }
        }

        @Override
        public void pinged() {}

        @Override
        public void closed(CloseReason reason) {}
    }

    @Setup
    public void open() throws Exception {
        SwitchboardConfig config = SwitchboardConfig.read(
                new JsonObject("{\"namespaces\":{\"/\":{\"auth\":\"none\"}}}"), Map.of(), verticle -> true);
        NamespaceConfig namespace = config.namespaces().get("/");
        Bounds bounds = new Bounds(config.nodeLimits(), config.namespaces(), new Meters(), NodeClock.SYSTEM);
        PageTokens tokens = PageTokens.create(vertx, config.token(), PageTokens.randomKey(), new Revocations());
        Handshake handshake = new Handshake("/", Map.of(), Map.of(), "", false, Instant.now());
        List<LiveSocket> sockets = onLoop(() -> {
            Hub hub = new Hub(vertx, config.namespaces(), config.limits(), tokens, new Meters(), bounds);
            hub.start();
            List<LiveSocket> all = new ArrayList<>();
            for (int n = 0; n < SOCKETS; n++) {
                all.add(hub.connect(namespace, connection, handshake, null).orElseThrow());
            }
            return all;
        });
        sockets.forEach(socket -> single.add(Target.socket("/", socket.id())));
        while (!onLoop(() -> sockets.stream().allMatch(LiveSocket::isOpen))) {
            Thread.onSpinWait();
        }
    }

    @TearDown
    public void close() {
        vertx.close().await();
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.runOnContext(v -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get();
    }

    /** Sends on the hub's own loop, and waits until all is written. */
    private void deliver(int times, Callable<Void> send) throws Exception {
        CompletableFuture<Void> written = new CompletableFuture<>();
        onLoop(() -> {
            counter.expect(times, written);
            return send.call();
        });
        written.get();
    }

    @Benchmark
    @OperationsPerInvocation(SOCKETS * BROADCASTS)
    public void broadcast() throws Exception {
        deliver(SOCKETS * BROADCASTS, () -> {
            for (int n = 0; n < BROADCASTS; n++) {
                hubs.send(new HubMessage.Deliver(Target.all("/"), new Delivery("broadcast", data)));
            }
            return null;
        });
    }

    @Benchmark
    @OperationsPerInvocation(DIRECT)
    public void toOneSocket() throws Exception {
        deliver(DIRECT, () -> {
            for (int n = 0; n < DIRECT; n++) {
                hubs.send(new HubMessage.Deliver(single.get(n), new Delivery("private", data)));
            }
            return null;
        });
    }
}
