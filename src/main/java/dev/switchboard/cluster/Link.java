package dev.switchboard.cluster;

import dev.switchboard.bus.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.tracing.TracingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one other node: what is offered arrives in the order offered, once, as long as both nodes are there. What
 * gathers while a batch is on its way goes as the next one.
 *
 * <pre>
 *   offer ──► waiting ──► on its way ──taken──► over
 *             (bytes)     (one batch)  ╰─ not heard of ──► sent again, under the same number
 * </pre>
 *
 * <p>While the other node is silent, as one that is paused, what is for it waits here, but nobody waits for it.
 *
 * <p>Parcels are offered from any thread; all else happens on the cluster's context.
 */
final class Link {
    /** The other node does not know this link: it begins anew. */
    static final int UNKNOWN = 1;

    /** The other node has not heard yet that this one is a member. */
    static final int STRANGER = 2;

    /** The other node does not understand the batch. */
    static final int BROKEN = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final int BATCH_BYTES = 256 * 1024;

    /** Interests in one part of a greeting, and parts in one batch: some 100 KB, so that no event loop stops for long. */
    private static final int INTERESTS = 500;

    private static final int MOST_PARTS = 4;

    private static final long ANSWER_MILLIS = 2_000;
    private static final long AGAIN_MILLIS = 50;

    /** Vert.x does not trace it: a batch holds parcels of many traces. */
    private static final DeliveryOptions TO_PEER =
            new DeliveryOptions().setSendTimeout(ANSWER_MILLIS).setTracingPolicy(TracingPolicy.IGNORE);

    /** What a link needs of the node that it belongs to. */
    interface Owner {
        /** What the other node must know first. */
        Parcel.Hello hello();

        /** Whom this node has sockets of, for the other node to know next. */
        List<Target> interests();

        /** More than this waits for no node: events for clients are refused then. From any thread. */
        long mostBytes();

        /** Counts what is sent. */
        Flow sent();

        /** Nobody is at the address: forgets the node, if it has never said a word; tells whether it did. */
        boolean giveUp();
    }

    /** A parcel, encoded where it was offered, or else when it is its turn. */
    private static final class Item {
        final int size;
        private final Supplier<byte[]> parcel;
        private final @Nullable Promise<Void> taken;

        Item(byte[] parcel, @Nullable Promise<Void> taken) {
            this.size = parcel.length;
            this.parcel = () -> parcel;
            this.taken = taken;
        }

        Item(Parcel parcel, @Nullable Promise<Void> taken) {
            this.size = 0;
            this.parcel = () -> Parcels.encode(parcel);
            this.taken = taken;
        }

        void over() {
            if (taken != null) {
                taken.tryComplete();
            }
        }
    }

    private final Vertx vertx;
    private final ContextInternal context;
    private final String self;
    private final String address;
    private final Owner owner;
    private final Queue<Item> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private long epoch;
    private long sequence;
    private List<Item> underWay = List.of();
    private boolean heardOf;
    private volatile boolean silent;
    private volatile boolean closed;

    /** @param self this node, as the other one knows it */
    Link(ContextInternal context, String self, String address, Owner owner) {
        this.vertx = context.owner();
        this.context = context;
        this.self = self;
        this.address = address;
        this.owner = owner;
    }

    /** Begins, or begins anew, with the greeting; succeeds when all of that was taken. */
    Future<Void> begin() {
        epoch = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        sequence = 0;
        heardOf = false;
        List<Item> first = new ArrayList<>();
        first.add(new Item(owner.hello(), null));
        first.addAll(underWay);
        send(first);
        List<Target> interests = owner.interests();
        for (int from = 0; from < interests.size(); from += INTERESTS) {
            List<Target> part = interests.subList(from, Math.min(from + INTERESTS, interests.size()));
            add(new Item(new Parcel.Interests(part), null));
        }
        Promise<Void> greeted = Promise.promise();
        add(new Item(new Parcel.Greeted(), greeted));
        return greeted.future();
    }

    /** Which beginning this is, so that the other node can tell them apart. */
    long epoch() {
        return epoch;
    }

    /** Whether the other node has taken something since the link began. */
    boolean isHeardOf() {
        return heardOf;
    }

    /** Sends what must not be lost; the Future succeeds when the other node has taken it, or is silent, or lost. */
    Future<Void> deliver(byte[] parcel) {
        Promise<Void> taken = Promise.promise();
        add(new Item(parcel, taken));
        return taken.future();
    }

    /** Sends what must not be lost. */
    void post(byte[] parcel) {
        add(new Item(parcel, null));
    }

    /** Bytes that wait. From any thread. */
    long waiting() {
        return bytes.get();
    }

    /** Sends a parcel, unless too much waits already; tells whether it did. */
    boolean offer(byte[] parcel) {
        boolean fits = bytes.get() < owner.mostBytes();
        if (fits) {
            post(parcel);
        }
        return fits;
    }

    /** Sends a parcel that is of use now or never: not to a node that is silent. False is no answer here. */
    boolean offerVolatile(byte[] parcel) {
        if (!silent) {
            offer(parcel);
        }
        return true;
    }

    private void add(Item item) {
        bytes.addAndGet(item.size);
        waiting.add(item);
        if (silent) {
            item.over();
        }
        if (closed) {
            clear();
        } else if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(v -> drain());
        }
    }

    private void drain() {
        scheduled.set(false);
        if (closed || epoch == 0 || !underWay.isEmpty()) {
            return;
        }
        List<Item> batch = new ArrayList<>();
        int size = 0;
        int parts = 0;
        while (size < BATCH_BYTES && parts < MOST_PARTS && !waiting.isEmpty()) {
            Item next = waiting.remove();
            size += next.size;
            parts += next.size == 0 ? 1 : 0;
            batch.add(next);
        }
        bytes.addAndGet(-size);
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    private void send(List<Item> batch) {
        underWay = batch;
        sequence++;
        send(Batch.join(
                self,
                epoch,
                sequence,
                batch.stream().map(item -> item.parcel.get()).toList()));
    }

    private void send(Buffer batch) {
        long begun = epoch;
        owner.sent().count(batch.length());
        vertx.eventBus().request(address, batch, TO_PEER).onComplete(done -> {
            if (closed || epoch != begun) {
                return;
            }
            if (done.succeeded()) {
                taken();
            } else {
                failed(batch, done.cause());
            }
        });
    }

    private void taken() {
        heardOf = true;
        silent = false;
        List<Item> over = underWay;
        underWay = List.of();
        over.forEach(Item::over);
        drain();
    }

    private void failed(Buffer batch, Throwable cause) {
        @Nullable ReplyException reply = cause instanceof ReplyException answered ? answered : null;
        if (reply != null && reply.failureType() == ReplyFailure.TIMEOUT) {
            silence();
        }
        boolean nobody = reply != null && reply.failureType() == ReplyFailure.NO_HANDLERS;
        int code = reply != null && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE ? reply.failureCode() : 0;
        if (nobody && !heardOf && owner.giveUp()) {
            close();
        } else if (code == UNKNOWN) {
            begin();
        } else if (code == BROKEN) {
            LOG.error(
                    "Another node understands this one no more, do both run the same version? {}", cause.getMessage());
            taken();
        } else {
            long begun = epoch;
            context.setTimer(AGAIN_MILLIS, t -> {
                if (!closed && epoch == begun) {
                    send(batch);
                }
            });
        }
    }

    private void silence() {
        if (!silent) {
            LOG.warn("The node at {} does not answer; until it does nobody waits for it", address);
        }
        silent = true;
        underWay.forEach(Item::over);
        waiting.forEach(Item::over);
    }

    boolean isClosed() {
        return closed;
    }

    /** Nothing is sent any more: the other node is lost. */
    void close() {
        closed = true;
        underWay.forEach(Item::over);
        underWay = List.of();
        clear();
    }

    private void clear() {
        for (Item item = waiting.poll(); item != null; item = waiting.poll()) {
            bytes.addAndGet(-item.size);
            item.over();
        }
    }
}
