package dev.switchboard.bench.micro;

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

/** A hub on the only event loop of its Vert.x, with open sockets on connections that only count. */
final class CountingHub implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final Counter counter = new Counter();
    private final MemoryConnection connection = new MemoryConnection(Codec.EVENTS, counter);
    private final List<LiveSocket> sockets;

    /** Takes everything and does nothing with it. Lives on the hub's loop. */
    private static final class Counter implements MemoryConnection.Peer {
        private int missing;
        private CompletableFuture<Void> complete = new CompletableFuture<>();

        /** Completes when so many messages were written. */
        void expect(int messages, CompletableFuture<Void> done) {
            missing = messages;
            complete = done;
        }

        /** Those that leave together count one by one. */
        @Override
        public void received(Frame frame) {
            missing -= frame.parts().size();
            if (missing == 0) {
                complete.complete(null);
            }
        }

        @Override
        public void pinged() {}

        @Override
        public void closed(CloseReason reason) {}
    }

    /** @param size how many sockets it has */
    CountingHub(int size) throws Exception {
        SwitchboardConfig config = SwitchboardConfig.read(
                new JsonObject("{\"namespaces\":{\"/\":{\"auth\":\"none\"}}}"), Map.of(), verticle -> true);
        NamespaceConfig namespace = config.namespaces().get("/");
        Bounds bounds = new Bounds(config.nodeLimits(), config.namespaces(), new Meters(), NodeClock.SYSTEM);
        PageTokens tokens = PageTokens.create(vertx, config.token(), PageTokens.randomKey(), new Revocations());
        Handshake handshake = new Handshake("/", Map.of(), Map.of(), "", false, Instant.now());
        sockets = onLoop(() -> {
            Hub hub = new Hub(vertx, config.namespaces(), config.limits(), tokens, new Meters(), bounds);
            hub.start();
            List<LiveSocket> all = new ArrayList<>();
            for (int n = 0; n < size; n++) {
                all.add(hub.connect(namespace, connection, handshake, null).orElseThrow());
            }
            return all;
        });
        while (!onLoop(() -> sockets.stream().allMatch(LiveSocket::isOpen))) {
            Thread.onSpinWait();
        }
    }

    Vertx vertx() {
        return vertx;
    }

    List<LiveSocket> sockets() {
        return sockets;
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

    /** Does something on the hub's own loop, and waits until so many messages are written. */
    void await(int messages, Runnable task) throws Exception {
        CompletableFuture<Void> written = new CompletableFuture<>();
        onLoop(() -> {
            counter.expect(messages, written);
            task.run();
            return true;
        });
        written.get();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
