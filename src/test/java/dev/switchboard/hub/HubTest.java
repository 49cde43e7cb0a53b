package dev.switchboard.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.Namespace;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.LocalHubs;
import dev.switchboard.bus.Peers;
import dev.switchboard.bus.Presence;
import dev.switchboard.config.Access;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.NoOrigin;
import dev.switchboard.config.NodeLimits;
import dev.switchboard.config.Overflows;
import dev.switchboard.config.Rate;
import dev.switchboard.config.TokenConfig;
import dev.switchboard.limit.Bounds;
import dev.switchboard.metrics.Meters;
import dev.switchboard.socket.Connection;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.time.NodeClock;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.Revocations;
import dev.switchboard.token.User;
import dev.switchboard.transport.memory.MemoryConnection;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.SocketIoCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hub whose peers take their time. */
class HubTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Rate RATE = new Rate(100, MINUTE, 100);
    private static final Limits LIMITS = new Limits(
            1 << 20, 1 << 20, 1000, 64, 1 << 20, 1000, 0, 10, 10, 10, 10, 1000, RATE, RATE, MINUTE, MINUTE, MINUTE);
    private static final NodeLimits NODE_LIMITS = new NodeLimits(100, 100, 100, RATE, 100, 100, 1 << 30, 1 << 30);
    private static final NamespaceConfig NAMESPACE = new NamespaceConfig(
            "/",
            Optional.empty(),
            NamespaceConfig.Auth.REQUIRED,
            Map.of(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            NamespaceConfig.Dialect.EVENTS,
            1,
            MINUTE,
            NamespaceConfig.Presence.NAMESPACE,
            new Access(List.of(), NoOrigin.ACCEPT, false, false, "session"),
            Optional.empty(),
            Overflows.usual(),
            Optional.empty());

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Promise<Void> known = Promise.promise();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile Future<Void> leaving = Future.succeededFuture();
    private PageTokens tokens;
    private Hub hub;

    private interface Call {
        @Nullable
        Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.of(method, arguments)));
    }

    @BeforeEach
    void start() throws Exception {
        Peers alone = Peers.of(vertx);
        Presence presence = alone.presence();
        Presence slowly = proxy(Presence.class, (method, arguments) -> {
            Object result = method.invoke(presence, arguments);
            return method.getName().equals("leave") ? leaving.compose(v -> (Future<?>) result) : result;
        });
        Peers slow = proxy(Peers.class, (method, arguments) -> switch (method.getName()) {
            case "interest" -> known.future();
            case "presence" -> slowly;
            default -> method.invoke(alone, arguments);
        });
        vertx.sharedData().<String, Peers>getLocalMap("switchboard.peers").put("", slow);
        tokens = PageTokens.create(
                vertx,
                new TokenConfig(MINUTE, MINUTE, Optional.empty(), ""),
                PageTokens.randomKey(),
                new Revocations());
        hub = onLoop(() -> {
            new LocalHubs(vertx)
                    .register(
                            "listener",
                            (message, answer) -> {
                                if (message instanceof HubMessage.Deliver deliver) {
                                    told.add(deliver.delivery().event());
                                }
                            },
                            1 << 30,
                            () -> {});
            Bounds bounds = new Bounds(NODE_LIMITS, Map.of(), new Meters(), NodeClock.SYSTEM);
            Hub started = new Hub(vertx, Map.of("/", NAMESPACE), LIMITS, tokens, new Meters(), bounds);
            started.start();
            return started;
        });
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
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
        return done.get(20, TimeUnit.SECONDS);
    }

    private LiveSocket connect(User user) throws Exception {
        return connect(user, Codec.EVENTS, frame -> {});
    }

    private LiveSocket connect(User user, Codec codec, Consumer<Frame> written) throws Exception {
        String token = tokens.issue(user, new JsonObject()).raw();
        Connection connection = new MemoryConnection(codec, new MemoryConnection.Peer() {
            @Override
            public void received(Frame frame) {
                written.accept(frame);
            }

            @Override
            public void pinged() {}

            @Override
            public void closed(CloseReason reason) {}
        });
        Handshake handshake = new Handshake("/", Map.of(), Map.of(), "", false, Instant.now());
        return onLoop(() -> hub.connect(NAMESPACE, connection, handshake, token).orElseThrow());
    }

    private void end(LiveSocket socket) throws Exception {
        onLoop(() -> {
            socket.disconnected(CloseReason.NORMAL);
            return socket;
        });
    }

    @Test
    void socket_thatEndsWhileItOpens_isToldComingBeforeGoing() throws Exception {
        end(connect(new User("1", "Ann")));
        known.complete();

        await().until(() -> told.contains("user left"));
        assertThat(told).containsExactly("user joined", "user left");
    }

    @Test
    void socket_thatEndsWhileItOpens_stillTellsOfAUserWhoStays() throws Exception {
        LiveSocket first = connect(new User("1", "Ann"));
        LiveSocket second = connect(new User("1", "Ann"));
        end(first);
        known.complete();
        await().until(() -> onLoop(second::isOpen));
        end(second);

        await().until(() -> told.contains("user left"));
        assertThat(told).containsExactly("user joined", "user left");
    }

    @Test
    void stop_awaitsThatAllWhoGoAreTold() throws Exception {
        known.complete();
        LiveSocket socket = connect(new User("1", "Ann"));
        Promise<Void> left = Promise.promise();
        leaving = left.future();
        end(socket);

        Future<Void> stopped = onLoop(hub::stop);
        vertx.timer(300, TimeUnit.MILLISECONDS).await(20, TimeUnit.SECONDS);
        assertThat(stopped.isComplete()).isFalse();
        left.complete();
        stopped.await(20, TimeUnit.SECONDS);

        assertThat(told).containsExactly("user joined", "user left");
    }

    @Test
    void emit_toManyClientsOfSocketIo_isEncodedOnceForEachVersionOfTheProtocol() throws Exception {
        known.complete();
        Map<Integer, List<Frame>> written = Map.of(4, new CopyOnWriteArrayList<>(), 5, new CopyOnWriteArrayList<>());
        for (int n = 0; n < 40; n++) {
            int protocol = 4 + n % 2;
            // Each client has a codec of its own.
            LiveSocket socket = connect(
                    new User("1", "Ann"),
                    new SocketIoCodec(protocol, "/"),
                    frame -> written.get(protocol).add(frame));
            await().until(() -> onLoop(socket::isOpen));
        }
        written.values().forEach(List::clear);

        Namespace.of(vertx, "/").all().emit("said", Map.of("text", "to all"));

        for (List<Frame> frames : written.values()) {
            await().until(() -> frames.size() == 20);
            assertThat(frames).allMatch(frame -> frame == frames.get(0));
            assertThat(frames.get(0).text()).isEqualTo("42[\"said\",{\"text\":\"to all\"}]");
        }
        assertThat(written.get(4).get(0)).isNotSameAs(written.get(5).get(0));
    }
}
