package dev.switchboard.cluster;

import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;
import dev.switchboard.journal.Entry;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.Kept;
import dev.switchboard.journal.LogBounds;
import dev.switchboard.journal.Placed;
import dev.switchboard.journal.Position;
import dev.switchboard.journal.RecordStep;
import dev.switchboard.wire.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a cluster: a map of logs and a map of records, each with a copy on another node, changed by steps that run
 * where they are.
 *
 * <p>A step counts when the copy has it, too. Hazelcast waits five seconds for that and then answers all the same, so an
 * append that is answered late is asked again, until the answer comes soon: then either the copy has it, or there is
 * another one, or no other node. Where a namespace wants more nodes than one, an answer just after a node was lost counts only
 * if so many hear each other. Steps that are asked again do nothing twice.
 *
 * <p>What cannot be made good: when owner and copy are lost together, or one of them while the other's data is on its way
 * to a third node, logs and records are gone or older than they were. Whoever reads them sees it by the numbers of the
 * entries.
 *
 * <p>For any thread; nothing blocks the caller.
 */
final class HazelcastJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastJournal.class);
    private static final String KEPT = "__switchboard.kept";
    private static final String LOGS = "__switchboard.logs";
    private static final String RECORDS = "__switchboard.records";

    /** Sooner than Hazelcast gives up on a copy. */
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long AGAIN_MILLIS = 200;

    private record Maps(IMap<String, StoredLog> logs, IMap<String, StoredRecord> records, IMap<String, byte[]> kept) {}

    private final HazelcastInstance hazelcast;
    private final Members members;
    private final Contact contact;
    private final Vertx vertx;
    private final Promise<Maps> maps = Promise.promise();
    private final Map<String, LogBounds> namespaces = new ConcurrentHashMap<>();

    HazelcastJournal(HazelcastInstance hazelcast, Members members, Vertx vertx) {
        this.hazelcast = hazelcast;
        this.members = members;
        this.contact = new Contact(hazelcast);
        this.vertx = vertx;
        vertx.executeBlocking(this::open, false).onComplete(maps);
    }

    private Maps open() {
        // As objects, or a log would be written out at each step. Of two clusters that become one the larger one's maps
        // stay, and what the smaller one's sockets have is looked at anew.
        for (String name : List.of(LOGS, RECORDS)) {
            hazelcast
                    .getConfig()
                    .addMapConfig(new MapConfig(name)
                            .setInMemoryFormat(InMemoryFormat.OBJECT)
                            .setBackupCount(1)
                            .setMergePolicyConfig(
                                    new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName())));
        }
        hazelcast
                .getConfig()
                .addMapConfig(new MapConfig(KEPT)
                        .setBackupCount(1)
                        .setMergePolicyConfig(
                                new MergePolicyConfig().setPolicy(PutIfAbsentMergePolicy.class.getName())));
        IMap<String, byte[]> kept = hazelcast.getMap(KEPT);
        kept.addEntryListener((EntryAddedListener<String, byte[]>) this::heard, true);
        kept.addEntryListener((EntryUpdatedListener<String, byte[]>) this::heard, true);
        kept.entrySet().forEach(one -> heard(one.getKey(), one.getValue()));
        return new Maps(hazelcast.getMap(LOGS), hazelcast.getMap(RECORDS), kept);
    }

    private void heard(EntryEvent<String, byte[]> event) {
        heard(event.getKey(), event.getValue());
    }

    private void heard(String namespace, byte[] bounds) {
        namespaces.put(namespace, JournalCodec.read(bounds, JournalCodec::bounds));
    }

    /** Succeeds when it is known of which namespaces something is kept. */
    Future<Void> ready() {
        return maps.future().mapEmpty();
    }

    @Override
    public boolean keeps(String namespace) {
        return !namespaces.isEmpty() && namespaces.containsKey(namespace);
    }

    @Override
    public Future<Void> keep(String namespace, LogBounds bounds) {
        namespaces.put(namespace, bounds);
        byte[] written = JournalCodec.bytes(out -> JournalCodec.write(out, bounds));
        return onCaller(maps.future()
                .compose(all -> vertx.executeBlocking(
                        () -> {
                            all.kept().set(namespace, written);
                            return null;
                        },
                        false)));
    }

    private LogBounds bounds(String namespace) {
        LogBounds bounds = namespaces.get(namespace);
        if (bounds == null) {
            throw new IllegalStateException("nothing is kept of " + namespace);
        }
        return bounds;
    }

    private static String key(String namespace, String name) {
        return namespace + "\n" + name;
    }

    // ---- logs

    @Override
    public Future<Placed> append(Context context, String namespace, String log, List<Entry> entries, Position since) {
        LogBounds bounds = bounds(namespace);
        return step(context, namespace, log, () -> new LogStep(entries, since, bounds), bounds)
                .map(where -> new Placed(where[0], where[1], where[2]));
    }

    @Override
    public Future<Position> open(String namespace, String log) {
        long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        LogBounds bounds = bounds(namespace);
        return step(vertx.getOrCreateContext(), namespace, log, () -> new LogStep(id, bounds), bounds)
                .map(where -> new Position(where[0], where[1], where[2]));
    }

    /** @param step another one each time that it is asked: one that has run takes itself for that of the backup */
    private Future<long[]> step(
            Context context, String namespace, String log, Supplier<LogStep> step, LogBounds bounds) {
        return sure(
                        () -> onLog(context, namespace, log, step.get()),
                        where -> where.length == 0 || members.has(LogStep.signature(where)),
                        bounds.nodes(),
                        System.nanoTime())
                .compose(where -> where.length == 0 ? notKept() : Future.succeededFuture(where));
    }

    /** What is read counts as what is written does: in half of a cluster there may be what never came to be kept. */
    @Override
    public Future<Optional<List<Kept>>> after(String namespace, String log, Position position) {
        int nodes = bounds(namespace).nodes();
        Context context = vertx.getOrCreateContext();
        return sure(
                        () -> onLog(context, namespace, log, new LogLook(position, nodes)),
                        this::stands,
                        nodes,
                        System.nanoTime())
                .compose(answer -> answer.length == 0 ? notKept() : Future.succeededFuture(LogLook.answer(answer)));
    }

    private static <T> Future<T> notKept() {
        return Future.failedFuture(ErrorCode.NOT_KEPT.failure().exception());
    }

    /**
     * Whether a member has answered that is one still: of a lost one whose answer waits for the copy Hazelcast asks another, and
     * then answers what the lost one said, though the other may have put the entries elsewhere.
     */
    private boolean stands(byte[] answer) {
        return answer.length == 0 || members.has(JournalCodec.read(answer, JournalCodec::member));
    }

    private <R> Future<R> onLog(
            Context context, String namespace, String log, EntryProcessor<String, StoredLog, R> step) {
        return submit(context, all -> all.logs(), key(namespace, log), step);
    }

    /**
     * Asks until it is answered soon, by a node that is not cut off. Whether it was is asked of the others, who may answer only
     * when this node is back: what was done meanwhile in its half of the cluster is not there any more, nor is the member
     * that did it.
     */
    private <R> Future<R> sure(Supplier<Future<R>> asked, Predicate<R> stands, int nodes, long begun) {
        long now = System.nanoTime();
        contact.isSettled();
        return asked.get().transform(done -> {
            if (done.succeeded() && System.nanoTime() - now < SOON_NANOS) {
                return confirmed(nodes)
                        .compose(sure -> sure && stands.test(done.result())
                                ? Future.succeededFuture(done.result())
                                : again(asked, stands, nodes, begun, new IllegalStateException("cut off")));
            }
            return again(asked, stands, nodes, begun, done.cause());
        });
    }

    /** Whether an answer that has just come counts. */
    private Future<Boolean> confirmed(int nodes) {
        return nodes <= 1 || contact.isSettled()
                ? Future.succeededFuture(true)
                : onCaller(contact.count().map(heard -> heard >= nodes));
    }

    private <R> Future<R> again(
            Supplier<Future<R>> asked, Predicate<R> stands, int nodes, long begun, @Nullable Throwable cause) {
        if (System.nanoTime() - begun > LIMIT_NANOS
                || !hazelcast.getLifecycleService().isRunning()) {
            LOG.debug("a step is given up", cause);
            return notKept();
        }
        return vertx.timer(cause == null ? 1 : AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                .compose(t -> sure(asked, stands, nodes, begun));
    }

    // ---- records

    @Override
    public Future<RecordStep.Answer> record(String namespace, String socket, RecordStep step) {
        int nodes = bounds(namespace).nodes();
        Supplier<Future<byte[]>> asked = () -> submit(
                vertx.getOrCreateContext(),
                all -> all.records(),
                key(namespace, socket),
                new RecordProcessor(step, nodes));
        return sure(asked, this::stands, nodes, System.nanoTime())
                .compose(answer ->
                        answer.length == 0 ? notKept() : Future.succeededFuture(RecordProcessor.answer(answer)));
    }

    @Override
    public Future<List<String>> overdue(String namespace, long now) {
        String prefix = key(namespace, "");
        return onCaller(maps.future()
                .compose(all -> vertx.executeBlocking(
                        () -> {
                            List<String> ids = new ArrayList<>();
                            for (String key : all.records().keySet(new Overdue(prefix, now))) {
                                ids.add(key.substring(prefix.length()));
                            }
                            return ids;
                        },
                        false)));
    }

    /** The time of sockets runs whose nodes are no members any more. For the eldest alone. */
    Future<Void> forgetLost() {
        if (namespaces.isEmpty()) {
            return Future.succeededFuture();
        }
        return maps.future()
                .compose(all -> vertx.executeBlocking(
                        () -> {
                            Set<String> there = members.ids();
                            Orphans orphans = new Orphans(there, System.currentTimeMillis());
                            all.records().executeOnEntries(orphans, orphans);
                            return null;
                        },
                        false));
    }

    private interface Which<V> {
        IMap<String, V> of(Maps maps);
    }

    private <V, R> Future<R> submit(Context context, Which<V> map, String key, EntryProcessor<String, V, R> step) {
        Promise<R> answer = Promise.promise();
        return maps.future().compose(all -> {
            // On that context, so that what follows holds up no thread of Hazelcast, which may be a
            // partition's. Not whenComplete, which wakes one more thread for a result that nobody takes.
            map.of(all)
                    .submitToKey(key, step)
                    .handleAsync(
                            (result, cause) -> complete(answer, result, cause),
                            told -> context.runOnContext(v -> told.run()));
            return answer.future();
        });
    }

    private static <R> boolean complete(Promise<R> answer, R result, @Nullable Throwable cause) {
        return cause == null ? answer.tryComplete(result) : answer.tryFail(cause);
    }

    private <T> Future<T> onCaller(Future<T> future) {
        return Future.fromCompletionStage(future.toCompletionStage(), vertx.getOrCreateContext());
    }
}
