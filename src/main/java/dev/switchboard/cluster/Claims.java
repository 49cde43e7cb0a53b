package dev.switchboard.cluster;

import com.hazelcast.aggregation.Aggregators;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import dev.switchboard.bus.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which node has the socket of an id that the application gave: one map, socket to node, so that of two nodes that ask at
 * the same moment one gets it. What a lost node had is free; the eldest takes it out of the map.
 *
 * <p>For any thread; nothing blocks the caller. Futures complete on the caller's context.
 */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
    private static final String MAP = "__switchboard.ids";

    /** By then every node has heard of a member that has just come. */
    private static final long NEWS_MILLIS = 1_000;

    private final HazelcastInstance hazelcast;
    private final String self;
    private final Members members;
    private final Vertx vertx;

    /** What this node has, in case the map loses it. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean listens = new AtomicBoolean();

    Claims(HazelcastInstance hazelcast, String self, Members members, Vertx vertx) {
        this.hazelcast = hazelcast;
        this.self = self;
        this.members = members;
        this.vertx = vertx;
    }

    private IMap<String, String> map() {
        return hazelcast.getMap(MAP);
    }

    /** Listens for parts of the map that are lost, from the first id on. */
    private void listen() {
        if (listens.compareAndSet(false, true)) {
            map().addPartitionLostListener(partition -> reassert());
        }
    }

    /** Whether this node has it now; it may have had it before. */
    Future<Boolean> claim(Target socket) {
        String id = key(socket);
        return blocking(() -> {
                    listen();
                    return map().putIfAbsent(id, self);
                })
                .compose(holder ->
                        isFree(holder) ? Future.succeededFuture(true) : claimFrom(Objects.requireNonNull(holder), id))
                .onSuccess(got -> {
                    if (got) {
                        held.add(id);
                    }
                });
    }

    private boolean isFree(@Nullable String holder) {
        return holder == null || holder.equals(self);
    }

    private Future<Boolean> claimFrom(String holder, String id) {
        if (members.ids().contains(holder)) {
            return Future.succeededFuture(false);
        }
        return vertx.timer(NEWS_MILLIS, TimeUnit.MILLISECONDS)
                .compose(t -> blocking(() -> {
                    boolean lost = !members.ids().contains(holder);
                    return lost && (map().replace(id, holder, self) || isFree(map().putIfAbsent(id, self)));
                }));
    }

    Future<Void> release(Target socket) {
        String id = key(socket);
        held.remove(id);
        return blocking(() -> map().remove(id, self)).mapEmpty();
    }

    /** Takes out what nodes had that are no members any more. For the eldest alone. */
    Future<Void> forgetLost() {
        return blocking(() -> {
                    Set<String> lost = new HashSet<>(
                            map().aggregate(Aggregators.<Map.Entry<String, String>, String>distinct("this")));
                    lost.removeAll(members.ids());
                    lost.forEach(node -> map().removeAll(Predicates.equal("this", node)));
                    return true;
                })
                .mapEmpty();
    }

    /** Says again what this node has; an id that another took meanwhile stays that one's. */
    void reassert() {
        blocking(() -> {
                    held.forEach(id -> map().putIfAbsent(id, self));
                    return true;
                })
                .onFailure(cause ->
                        LOG.warn("The ids of the sockets of this node are not known to the others yet", cause));
    }

    private <T> Future<@Nullable T> blocking(Callable<@Nullable T> task) {
        return vertx.executeBlocking(task, false);
    }

    private static String key(Target socket) {
        return socket.namespace() + "\n" + socket.name();
    }
}
