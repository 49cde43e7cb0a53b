package dev.switchboard.bus;

import dev.switchboard.journal.Entry;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.Placed;
import dev.switchboard.journal.Position;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Emits of namespaces whose clients resume: each is appended to its log, and goes to the hubs when it stands there. Of one
 * log one batch is under way at a time; what gathers meanwhile goes as the next one.
 *
 * <p>For any thread.
 */
final class KeptEmits implements Shareable {
    /** More than this does not wait for the journal. */
    private static final long MOST_BYTES = 64L << 20;

    private static final int BATCH = 512;

    /** So many logs that nothing waits for are remembered. */
    private static final int MOST_IDLE = 10_000;

    private static final int OVERHEAD = 256;

    private record Key(String namespace, String log) {}

    /** @param placed told where it stands, among those of its batch */
    private record Item(Entry entry, Promise<HubMessage.Stamp> placed) {}

    /** What waits for one log. */
    private static final class Queue {
        private final ArrayDeque<Item> items = new ArrayDeque<>();
        private boolean scheduled;
        private boolean underWay;
        /** The last entry that is known to stand in the log. */
        private Position since = Position.NONE;
    }

    private final VertxInternal vertx;
    private final Peers peers;
    private final Journal journal;
    private final LocalHubs here;
    private final Departures departures;
    private final Map<Key, Queue> queues = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    private KeptEmits(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
        this.peers = Peers.of(vertx);
        this.journal = peers.journal();
        this.here = new LocalHubs(vertx);
        this.departures = Departures.of(vertx);
    }

    static KeptEmits of(Vertx vertx) {
        LocalMap<String, KeptEmits> known = vertx.sharedData().getLocalMap("switchboard.kept");
        return known.computeIfAbsent("", key -> new KeptEmits(vertx));
    }

    /** The Future succeeds when it is kept, and on its way to the hubs. */
    Future<Void> emit(Target target, String event, Payload data, @Nullable TraceContext trace) {
        if (!peers.joined().isComplete()) {
            return peers.joined().compose(v -> emit(target, event, data, trace));
        }
        int size = data.size() + OVERHEAD;
        if (bytes.addAndGet(size) > MOST_BYTES || here.isFull()) {
            bytes.addAndGet(-size);
            return Future.failedFuture(ErrorCode.TOO_MANY_PENDING.failure().exception());
        }
        Departures.Sender sender = departures.sender();
        Promise<Void> emitted = vertx.getOrCreateContext().promise();
        Promise<HubMessage.Stamp> placed = Promise.promise();
        Future<HubMessage.Stamp> stamped = placed.future();
        Key key = new Key(target.namespace(), target.log());
        boolean first;
        synchronized (sender) {
            long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
            Entry entry = new Entry(
                    id, sender.id, sender.count.incrementAndGet(), event, data, target.rooms(), target.except());
            Item item = new Item(entry, placed);
            first = !sender.isHeld() && add(key, item);
            if (sender.isHeld()) {
                sender.defer(() -> addLater(key, item));
            }
            sender.add(stamped, () -> {
                bytes.addAndGet(-size);
                if (stamped.succeeded()) {
                    send(target, new Delivery(event, data), stamped.result(), trace, emitted);
                } else {
                    emitted.fail(stamped.cause());
                }
            });
        }
        if (first) {
            append(key);
        }
        sender.leave(stamped);
        sender.emits(emitted.future());
        return emitted.future();
    }

    // ---- to the journal

    /** Whether nothing was waiting or under way: the caller begins. */
    private boolean add(Key key, Item item) {
        boolean[] first = new boolean[1];
        queues.compute(key, (same, known) -> {
            Queue queue = known == null ? new Queue() : known;
            queue.items.add(item);
            first[0] = !queue.scheduled && !queue.underWay;
            queue.scheduled |= first[0];
            return queue;
        });
        return first[0];
    }

    private void addLater(Key key, Item item) {
        if (add(key, item)) {
            departures.loop(key).runOnContext(v -> append(key));
        }
    }

    /** Appends what waits, and when that stands, what has gathered meanwhile: on the log's loop, whoever begins. */
    private void append(Key key) {
        List<Item> batch = new ArrayList<>();
        Position[] since = {Position.NONE};
        queues.computeIfPresent(key, (same, queue) -> {
            while (batch.size() < BATCH && !queue.items.isEmpty()) {
                batch.add(queue.items.remove());
            }
            queue.scheduled = false;
            queue.underWay = true;
            since[0] = queue.since;
            return queue;
        });
        List<Entry> entries = batch.stream().map(Item::entry).toList();
        Context loop = departures.loop(key);
        Future<Placed> appended = journal.append(loop, key.namespace(), key.log(), entries, since[0]);
        boolean atOnce = appended.isComplete();
        appended.onComplete(done -> {
            if (over(key, done.succeeded() ? last(batch, done.result()) : since[0])) {
                if (atOnce) {
                    loop.runOnContext(v -> append(key));
                } else {
                    append(key);
                }
            }
            if (done.succeeded()) {
                tell(batch, done.result());
            } else {
                batch.forEach(item -> item.placed().fail(done.cause()));
            }
        });
    }

    /** Whether more waits: the caller goes on. */
    private boolean over(Key key, Position since) {
        boolean[] more = new boolean[1];
        queues.computeIfPresent(key, (same, queue) -> {
            more[0] = !queue.items.isEmpty();
            queue.scheduled = more[0];
            queue.underWay = false;
            queue.since = since;
            return more[0] || queues.size() <= MOST_IDLE ? queue : null;
        });
        return more[0];
    }

    private static Position last(List<Item> batch, Placed placed) {
        int last = batch.size() - 1;
        return new Position(
                placed.log(), placed.first() + last, batch.get(last).entry().id());
    }

    private static void tell(List<Item> batch, Placed placed) {
        long before = placed.before();
        long offset = placed.first();
        for (Item item : batch) {
            Position position =
                    new Position(placed.log(), offset++, item.entry().id());
            item.placed().complete(new HubMessage.Stamp(position, before));
            before = position.entry();
        }
    }

    // ---- to the hubs

    private void send(
            Target target,
            Delivery delivery,
            HubMessage.Stamp stamp,
            @Nullable TraceContext trace,
            Promise<Void> emitted) {
        boolean nowhere = stamp.position().log() == 0;
        if (nowhere && target.kind() == Target.Kind.SOCKET) {
            emitted.fail(ErrorCode.NO_SOCKET.failure().exception());
            return;
        }
        HubMessage.Deliver deliver = nowhere
                ? new HubMessage.Deliver(target, delivery).in(trace)
                : new HubMessage.Deliver(target, delivery.at(stamp.position()), false, stamp, trace);
        here.deliverToAll(deliver);
        peers.tell(nodes(target), deliver);
        emitted.complete();
    }

    private Collection<String> nodes(Target target) {
        Collection<String> interested = peers.interested(target);
        if (target.kind() != Target.Kind.ROOMS) {
            return interested;
        }
        // The namespace's log is to have no holes where somebody reads it.
        Set<String> nodes = new HashSet<>(peers.interested(Target.all(target.namespace())));
        nodes.addAll(interested);
        return nodes;
    }
}
