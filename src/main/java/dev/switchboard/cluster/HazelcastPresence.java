package dev.switchboard.cluster;

import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import dev.switchboard.bus.Presence;
import dev.switchboard.bus.Target;
import dev.switchboard.token.User;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is where, over all nodes. This node counts its sockets; of each user only the first and the last are told to the
 * owner of the place, which alone decides whether the user is new there, or gone.
 *
 * <pre>
 *   enter, leave ──► a turn per place and user ──► held: this node's sockets
 *                                                    │ first, last
 *                                                    ▼
 *                          map: place ──► Roll, changed by a Step at the owner, then at its backup
 * </pre>
 *
 * <p>A step that fails may have been taken or not, so it is settled until the owner has what this node holds.
 *
 * <p>When the owner is lost, Hazelcast repeats the step at the backup, but may answer what the lost owner had said, though
 * the backup never heard of that. So an answer counts only from a member; otherwise the step is asked again. In this way a
 * coming is told once, also when an owner crashes. A going may then be told twice, if the user leaves two nodes at once.
 *
 * <p>All this rests on a complete backup. While Hazelcast moves partitions, after a node came or went, or when the
 * connection of owner and backup just broke, it may not be: if the owner is lost then, a coming or a going may be told
 * twice, or not at all.
 *
 * <p>Hazelcast passes each answer through the common pool. Where that has a single thread, as on two cores, it starts a
 * thread for each answer instead, which is many times slower: {@code java.util.concurrent.ForkJoinPool.common.parallelism}
 * is better 2 or more.
 *
 * <p>For any thread; nothing blocks the caller. Futures complete on the caller's context.
 */
final class HazelcastPresence implements Presence {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastPresence.class);

    private static final String MAP = "__switchboard.presence";
    private static final long SETTLE_MILLIS = 1000;

    /** How many steps a sweep over many places has under way at once. */
    private static final int WINDOW = 256;

    private record Seat(String place, String user) {}

    private record Held(User user, int sockets) {}

    private final HazelcastInstance hazelcast;
    private final Members members;
    private final String self;
    private final Vertx vertx;

    /** On no context, as all Futures here until the last, or every step would hop over that context's thread. */
    private final Promise<IMap<String, Roll>> map = Promise.promise();

    /** What this node tells the map; a seat is read and changed only in its turn. */
    private final Map<Seat, Held> held = new ConcurrentHashMap<>();

    private final Turns<Seat> turns = new Turns<>();
    private final Turns<String> sweeps = new Turns<>();
    private final AtomicBoolean torn = new AtomicBoolean();

    /**
     * @param self the id of this node, which its member has as attribute {@value Members#NODE_ID}
     */
    HazelcastPresence(HazelcastInstance hazelcast, String self, Vertx vertx) {
        this.hazelcast = hazelcast;
        this.members = new Members(hazelcast);
        this.self = self;
        this.vertx = vertx;
        vertx.executeBlocking(this::open, false).onComplete(map);
    }

    private IMap<String, Roll> open() {
        // As objects, or a room would be written out at each step. Of two clusters that become one the larger one's map
        // stays: both say of a node what only that node knows, and it reasserts.
        hazelcast
                .getConfig()
                .addMapConfig(new MapConfig(MAP)
                        .setInMemoryFormat(InMemoryFormat.OBJECT)
                        .setBackupCount(1)
                        .setMergePolicyConfig(new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName())));
        IMap<String, Roll> rolls = hazelcast.getMap(MAP);
        rolls.addPartitionLostListener(partition -> reassertSoon());
        return rolls;
    }

    /** Partitions are lost many at a time. */
    private void reassertSoon() {
        if (torn.compareAndSet(false, true)) {
            later(() -> {
                torn.set(false);
                reassert().onFailure(cause -> LOG.warn("Who is here is not known to the others yet", cause));
            });
        }
    }

    @Override
    public Future<Change> enter(Target place, User user) {
        Presence.requireKnown(user);
        Seat seat = new Seat(key(place), user.id());
        return turn(seat, () -> {
            Held own = held.get(seat);
            held.put(seat, own == null ? new Held(user, 1) : new Held(own.user(), own.sockets() + 1));
            return own == null ? step(seat, Step.Kind.ENTER, user) : unchanged(seat);
        });
    }

    @Override
    public Future<Change> leave(Target place, User user) {
        Presence.requireKnown(user);
        Seat seat = new Seat(key(place), user.id());
        return turn(seat, () -> {
            Held own = held.get(seat);
            if (own != null && own.sockets() == 1) {
                held.remove(seat);
                return step(seat, Step.Kind.LEAVE, user);
            }
            if (own != null) {
                held.put(seat, new Held(own.user(), own.sockets() - 1));
            }
            return unchanged(seat);
        });
    }

    @Override
    public Future<List<User>> users(Target place) {
        return onCaller(submit(key(place), new Look(true)).map(Tally::users));
    }

    @Override
    public Future<Integer> count(Target place) {
        return onCaller(submit(key(place), new Look(false)).map(Tally::count));
    }

    /**
     * Whether this node is the one that has to {@link #forgetLost}; the same on all nodes that see the same members. A
     * node that has ended is not.
     */
    boolean isEldest() {
        return hazelcast.getLifecycleService().isRunning()
                && hazelcast.getCluster().getMembers().iterator().next().localMember();
    }

    /**
     * Takes the nodes that are no members any more out of all places. For the eldest alone, after each loss of a member
     * and now and then besides, because a lost node's last step may arrive late. When it fails, or the eldest itself is
     * lost, the next call does the rest.
     *
     * @param departed told on the caller's context, before the Future completes, once for each user who was at a place
     *     through such nodes only
     */
    Future<Void> forgetLost(Consumer<Departure> departed) {
        Context context = vertx.getOrCreateContext();
        Consumer<Departure> teller = departure -> context.runOnContext(now -> departed.accept(departure));
        return sweep(rolls -> forgetLost(rolls, teller));
    }

    private void forgetLost(IMap<String, Roll> rolls, Consumer<Departure> teller) {
        Map<String, Roll> found = rolls.executeOnEntries(Search.throughOthersThan(members.ids()));
        Set<String> lost = new HashSet<>();
        found.values().forEach(roll -> roll.guests().forEach(guest -> lost.addAll(guest.nodes())));
        // Asked again after the search: a node that joined meanwhile was found, but is a member.
        lost.removeAll(members.ids());
        if (lost.isEmpty()) {
            return;
        }
        inWindows(found.entrySet(), entry -> {
            List<User> expected = new ArrayList<>();
            entry.getValue().guests().forEach(guest -> {
                if (lost.containsAll(guest.nodes())) {
                    expected.add(guest.user());
                }
            });
            return change(entry.getKey(), new Forget(lost, expected))
                    .onSuccess(left -> left.users()
                            .forEach(user -> teller.accept(new Departure(target(entry.getKey()), user, left.count()))));
        });
    }

    /**
     * Makes the map say of this node what is true, silently: for each node, after clusters merged; after partitions were
     * lost it happens by itself. When it fails, call it again.
     */
    Future<Void> reassert() {
        return sweep(rolls -> {
            Set<Seat> wrong = new HashSet<>(held.keySet());
            Map<String, Roll> found = rolls.executeOnEntries(Search.through(self));
            found.forEach((place, roll) -> roll.users().forEach(user -> {
                Seat seat = new Seat(place, user.id());
                if (!wrong.remove(seat)) {
                    wrong.add(seat);
                }
            }));
            inWindows(wrong, this::settle);
        });
    }

    /** What blocks, one after the other: two that forget at once would both tell who departed. */
    private Future<Void> sweep(Consumer<IMap<String, Roll>> work) {
        return onCaller(sweeps.run(
                "",
                () -> map.future()
                        .compose(rolls -> vertx.executeBlocking(
                                () -> {
                                    work.accept(rolls);
                                    return null;
                                },
                                false))));
    }

    private static <T> void inWindows(Iterable<T> all, Function<T, Future<?>> step) {
        List<CompletableFuture<?>> window = new ArrayList<>();
        for (T one : all) {
            window.add(step.apply(one).toCompletionStage().toCompletableFuture());
            if (window.size() == WINDOW) {
                CompletableFuture.allOf(window.toArray(CompletableFuture[]::new))
                        .join();
                window.clear();
            }
        }
        CompletableFuture.allOf(window.toArray(CompletableFuture[]::new)).join();
    }

    private Future<Change> step(Seat seat, Step.Kind kind, User user) {
        return change(seat.place(), new Step(kind, user, self))
                .map(Tally::change)
                .onFailure(failure -> settleLater(seat, failure));
    }

    private Future<Change> unchanged(Seat seat) {
        return submit(seat.place(), new Look(false)).map(Tally::change);
    }

    private Future<Change> settle(Seat seat) {
        return turns.run(seat, () -> {
            Held own = held.get(seat);
            return own == null
                    ? step(seat, Step.Kind.LEAVE, new User(seat.user(), ""))
                    : step(seat, Step.Kind.RESTORE, own.user());
        });
    }

    private void settleLater(Seat seat, Throwable failure) {
        LOG.debug("a step is settled in {} ms", SETTLE_MILLIS, failure);
        later(() -> settle(seat));
    }

    private void later(Runnable task) {
        if (hazelcast.getLifecycleService().isRunning()) {
            vertx.setTimer(SETTLE_MILLIS, now -> task.run());
        }
    }

    /** Asked until a member answers that is not lost. */
    private Future<Tally> change(String place, SignedProcessor processor) {
        return submit(place, processor)
                .compose(tally ->
                        members.has(tally.signature()) ? Future.succeededFuture(tally) : change(place, processor));
    }

    private Future<Tally> submit(String place, EntryProcessor<String, Roll, Tally> processor) {
        Context context = vertx.getOrCreateContext();
        Promise<Tally> tally = Promise.promise();
        // On the caller's context, so that what follows holds up no thread of Hazelcast, which may be a partition's.
        return map.future().compose(rolls -> {
            rolls.submitToKey(place, processor)
                    .whenCompleteAsync(tally::complete, answer -> context.runOnContext(now -> answer.run()));
            return tally.future();
        });
    }

    private Future<Change> turn(Seat seat, Supplier<Future<Change>> task) {
        return onCaller(turns.run(seat, task));
    }

    private <T> Future<T> onCaller(Future<T> future) {
        return Future.fromCompletionStage(future.toCompletionStage(), vertx.getOrCreateContext());
    }

    private static String key(Target place) {
        return place.namespace() + "\n" + place.kind() + "\n" + place.name();
    }

    private static Target target(String key) {
        String[] parts = key.split("\n", 3);
        return new Target(parts[0], Target.Kind.valueOf(parts[1]), parts[2]);
    }
}
