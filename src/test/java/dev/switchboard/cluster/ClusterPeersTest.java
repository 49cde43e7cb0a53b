package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import dev.switchboard.bus.Addresses;
import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Target;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.VertxInternal;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members of Hazelcast that share one event bus. */
final class ClusterPeersTest {
    private static final User ANN = new User("1", "Ann");
    private static final User BOB = new User("2", "Bob");

    private final Vertx vertx = Vertx.vertx();
    private final List<PresenceNode> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(PresenceNode::crash);
        get(vertx.close());
    }

    private PresenceNode node() {
        PresenceNode node =
                started.isEmpty() ? PresenceNode.first(vertx) : started.get(0).another(vertx);
        started.add(node);
        return node;
    }

    private ClusterPeers peers(PresenceNode node) {
        return peers(node, node.hazelcast());
    }

    private ClusterPeers peers(PresenceNode node, HazelcastInstance hazelcast) {
        Members members = new Members(hazelcast);
        Claims claims = new Claims(hazelcast, node.id(), members, vertx);
        HazelcastJournal journal = new HazelcastJournal(node.hazelcast(), members, vertx);
        Safety safety = new Safety(node.hazelcast(), vertx);
        ClusterPeers peers =
                new ClusterPeers((VertxInternal) vertx, node.id(), members, node.presence(), claims, journal, safety);
        peers.start();
        get(peers.joined());
        return peers;
    }

    /** Hazelcast whose membership the listener hears of from the test. */
    private static HazelcastInstance heardThrough(AtomicReference<MembershipListener> listener, PresenceNode node) {
        Cluster real = node.hazelcast().getCluster();
        Cluster cluster = proxy(Cluster.class, real, (method, args) -> {
            boolean listens = method.equals("addMembershipListener");
            if (listens) {
                listener.set((MembershipListener) args[0]);
            }
            return listens ? UUID.randomUUID() : null;
        });
        return proxy(
                HazelcastInstance.class,
                node.hazelcast(),
                (method, args) -> method.equals("getCluster") ? cluster : null);
    }

    private static <T> T proxy(Class<T> type, T real, BiFunction<String, Object[], Object> other) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object result = other.apply(method.getName(), args);
            return result == null ? method.invoke(real, args) : result;
        }));
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void revocations_areForgottenWhenTheyAreOver() {
        ClusterPeers a = peers(node());
        ClusterPeers b = peers(node());
        Instant later = Instant.now().plusSeconds(100);

        Instant soon = Instant.now().plusMillis(500);
        List<Revocation> lasting = Stream.of(Revocation.Kind.values())
                .map(kind -> new Revocation(kind, "later", later.minusSeconds(50), later))
                .toList();

        get(a.revoke(new Revocation(Revocation.Kind.LOGIN, "over soon", soon, soon)));
        lasting.forEach(revocation -> get(a.revoke(revocation)));

        for (ClusterPeers each : List.of(a, b)) {
            await().untilAsserted(() -> assertThat(each.revocations()).containsExactlyInAnyOrderElementsOf(lasting));
        }
        assertThat(peers(node()).revocations()).containsExactlyInAnyOrderElementsOf(lasting);
    }

    @Test
    void presence_afterTwoOfThreeCrash_stillKnowsWhoIsHere() {
        PresenceNode a = node();
        PresenceNode b = node();
        PresenceNode c = node();
        List.of(a, b, c).forEach(this::peers);
        await().until(() -> a.members() == 3 && a.isSafe());
        List<Target> rooms =
                IntStream.range(0, 300).mapToObj(i -> Target.room("/", "r" + i)).toList();
        rooms.forEach(room -> get(a.presence().enter(room, ANN)));
        rooms.forEach(room -> get(b.presence().enter(room, BOB)));

        List.of(CompletableFuture.runAsync(b::crash), CompletableFuture.runAsync(c::crash))
                .forEach(CompletableFuture::join);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rooms)
                        .allSatisfy(room ->
                                assertThat(get(a.presence().users(room))).containsExactly(ANN)));
    }

    @Test
    void node_thatWasLostHereOnly_isMetAgainThoughItSaysNothing() {
        AtomicReference<MembershipListener> listener = new AtomicReference<>();
        PresenceNode first = node();
        PresenceNode second = node();
        ClusterPeers a = peers(first, heardThrough(listener, first));
        ClusterPeers b = peers(second);
        get(b.hub("h", true));
        assertThat(a.nodeOf("h")).isEqualTo(second.id());

        listener.get().memberRemoved(event(second, MembershipEvent.MEMBER_REMOVED));
        await().until(() -> a.nodeOf("h") == null);
        listener.get().memberAdded(event(second, MembershipEvent.MEMBER_ADDED));

        await().until(() -> second.id().equals(a.nodeOf("h")));
        get(b.hub("h2", true));
        assertThat(a.nodeOf("h2")).isEqualTo(second.id());
        get(a.hub("g", true));
        assertThat(b.nodeOf("g")).isEqualTo(first.id());
    }

    @Test
    void handler_whileAMemberTurnsOutToBeNoNode_isKnownAtOnce() {
        AtomicReference<MembershipListener> listener = new AtomicReference<>();
        PresenceNode first = node();
        PresenceNode plain = node();
        ClusterPeers a = peers(first, heardThrough(listener, first));
        AtomicInteger greetings = new AtomicInteger();
        MessageConsumer<Object> silent = vertx.eventBus().consumer(Addresses.node(plain.id()), greeting -> {
            greetings.incrementAndGet();
            greeting.fail(Link.STRANGER, "");
        });
        listener.get().memberAdded(event(plain, MembershipEvent.MEMBER_ADDED));
        await().until(() -> greetings.get() > 0);

        Future<Void> known = a.handler(new Announcement(first.id(), "i", "h", Map.of()), true);
        get(silent.unregister());

        await().atMost(Duration.ofSeconds(4)).until(known::succeeded);
    }

    private static MembershipEvent event(PresenceNode node, int type) {
        Cluster cluster = node.hazelcast().getCluster();
        return new MembershipEvent(cluster, cluster.getLocalMember(), type, cluster.getMembers());
    }
}
