package dev.switchboard.cluster;

import dev.switchboard.bus.Addresses;
import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Answerers;
import dev.switchboard.bus.Attendance;
import dev.switchboard.bus.ClusterState;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.HubAnswer;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.LocalHandlers;
import dev.switchboard.bus.LocalHubs;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Peers;
import dev.switchboard.bus.Presence;
import dev.switchboard.bus.Questioning;
import dev.switchboard.bus.Target;
import dev.switchboard.journal.Journal;
import dev.switchboard.token.Revocation;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of a Hazelcast cluster. Each tells every other what it has (hubs, handlers, whom it has sockets of) and hears
 * what they have, so that nothing is looked up when an event is sent; who is there at all, Hazelcast says.
 *
 * <p>What this node has is changed on one context, the cluster's.
 */
final class ClusterPeers implements Peers {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterPeers.class);
    private static final long SWEEP_MILLIS = 500;
    private static final long JOINING_MILLIS = 15_000;
    private static final long MEETING_MILLIS = 1_000;
    private static final long LAST_STEPS_MILLIS = 3_000;

    /** Of so many lost nodes it is remembered that they were. */
    private static final int MOST_MISSED = 100;

    private final VertxInternal vertx;
    private final ContextInternal context;
    private final String self;
    private final Members members;
    private final HazelcastPresence presence;
    private final Claims claims;
    private final HazelcastJournal journal;
    private final Safety safety;
    private final LocalHubs here;
    private final Questions questions;
    private final KnownPeers others;
    private final NodeDesk desk;
    private final Holdings holdings;
    private final Promise<Void> joined = Promise.promise();

    /** Nodes that were lost of late: most are gone for good, but one that was silent may come back. */
    private final Set<String> missed = new LinkedHashSet<>();

    ClusterPeers(
            VertxInternal vertx,
            String self,
            Members members,
            HazelcastPresence presence,
            Claims claims,
            HazelcastJournal journal,
            Safety safety) {
        this.vertx = vertx;
        this.context = vertx.createEventLoopContext();
        this.self = self;
        this.members = members;
        this.presence = presence;
        this.claims = claims;
        this.journal = journal;
        this.safety = safety;
        this.here = new LocalHubs(vertx);
        this.questions = new Questions(vertx);
        this.holdings = new Holdings(this::peers, questions);
        this.others = new KnownPeers(context, self, holdings::hello, holdings::interests, questions);
        this.desk = new NodeDesk(
                members,
                others,
                here,
                new LocalHandlers(vertx),
                questions,
                holdings.revocations(),
                new Answerers(vertx),
                new Questioning(vertx));
    }

    private Collection<Peer> peers() {
        return others.all();
    }

    // ---- who is there

    /** Makes this node known to the others. */
    void start() {
        members.listen(
                node -> context.runOnContext(v -> came()),
                node -> context.runOnContext(v -> lost(node)),
                () -> context.runOnContext(v -> merged()));
        context.runOnContext(v -> {
            context.setPeriodic(SWEEP_MILLIS, t -> sweep());
            long late = context.setTimer(JOINING_MILLIS, t -> {
                LOG.warn("Some nodes of the cluster do not answer; this one goes on without them");
                joined.tryComplete();
            });
            vertx.eventBus()
                    .<Buffer>consumer(Addresses.node(self), desk::take)
                    .completion()
                    .compose(registered -> journal.ready())
                    .compose(ready -> meetAll())
                    .onSuccess(met -> joined.tryComplete())
                    .onFailure(joined::tryFail)
                    .onComplete(done -> vertx.cancelTimer(late));
        });
    }

    private Future<?> meetAll() {
        List<Future<Void>> met = new ArrayList<>();
        for (String node : members.ids()) {
            @Nullable Peer known = others.find(node);
            if (known != null) {
                met.add(known.met());
            } else if (!node.equals(self)) {
                Peer peer = others.add(node);
                others.greet(peer);
                met.add(peer.met());
            }
        }
        return Future.all(met);
    }

    /** Who comes greets; but two that start at once, or come back at once, may each have looked before the other came. */
    private void came() {
        context.setTimer(MEETING_MILLIS, t -> meetAll().onComplete(met -> reunite()));
    }

    /** What one of them emitted before it knew the other again, the other has not been sent. */
    private void reunite() {
        Set<String> there = members.ids();
        if (missed.removeIf(there::contains)) {
            here.send(new HubMessage.Merged());
        }
    }

    private void lost(String node) {
        @Nullable Peer peer = others.remove(node);
        if (peer != null) {
            LOG.info("Node {} is lost", node);
            missed.add(node);
            missed.stream()
                    .limit(Math.max(0, missed.size() - MOST_MISSED))
                    .toList()
                    .forEach(missed::remove);
            desk.lost(peer);
        }
        forgetLost();
        // Its last steps may have been on their way.
        context.setTimer(LAST_STEPS_MILLIS, t -> forgetLost());
    }

    private void forgetLost() {
        if (presence.isEldest()) {
            Attendance attendance = new Attendance(vertx);
            presence.forgetLost(gone -> attendance.left(gone.place(), gone.user(), gone.count()))
                    .onFailure(this::notForgotten);
            claims.forgetLost().onFailure(this::notForgotten);
            journal.forgetLost().onFailure(this::notForgotten);
        }
    }

    private void notForgotten(Throwable cause) {
        if (presence.isEldest()) {
            LOG.warn("Who was at a lost node, under which id, is not known yet", cause);
        }
    }

    /** Two halves of a cluster became one again: this node was in the smaller one. */
    private void merged() {
        Set<String> there = members.ids();
        List.copyOf(others.all()).stream()
                .map(Peer::id)
                .filter(node -> !there.contains(node))
                .forEach(this::lost);
        meetAll();
        presence.reassert().onFailure(cause -> LOG.warn("Who is here is not known to the others yet", cause));
        claims.reassert();
        here.send(new HubMessage.Merged());
    }

    private void sweep() {
        questions.sweep();
        sweepInterests();
    }

    private void sweepInterests() {
        if (holdings.sweep()) {
            context.runOnContext(v -> sweepInterests());
        }
    }

    @Override
    public Future<Void> joined() {
        return joined.future().isComplete() ? joined.future() : onCallersContext(joined.future());
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Presence presence() {
        return presence;
    }

    // ---- what the others are to know of this node

    @Override
    public Future<Void> hub(String name, boolean there) {
        return change(() -> holdings.hub(name, there));
    }

    @Override
    public Future<Void> handler(Announcement instance, boolean there) {
        return change(() -> holdings.handler(instance, there));
    }

    @Override
    public Future<Void> interest(Target target, boolean there) {
        return change(() -> holdings.interest(target, there));
    }

    @Override
    public Future<Void> revoke(Revocation revocation) {
        return change(() -> holdings.revoke(revocation));
    }

    @Override
    public Future<Void> flush() {
        return change(holdings::flush);
    }

    @Override
    public Future<Boolean> claim(Target socket) {
        return claims.claim(socket);
    }

    @Override
    public Future<Void> release(Target socket) {
        return claims.release(socket);
    }

    private Future<Void> change(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(v -> joined.future().compose(w -> action.get()).onComplete(done));
        return onCallersContext(done.future());
    }

    private <T> Future<T> onCallersContext(Future<T> future) {
        Promise<T> promise = vertx.getOrCreateContext().promise();
        future.onComplete(promise);
        return promise.future();
    }

    // ---- what this node knows of the others

    @Override
    public List<String> nodes() {
        return others.all().stream().map(Peer::id).toList();
    }

    @Override
    public List<String> interested(Target target) {
        return others.interested(target);
    }

    @Override
    public @Nullable String nodeOf(String hub) {
        return others.nodeOf(hub);
    }

    @Override
    public @Nullable String anyHub() {
        return others.anyHub();
    }

    @Override
    public List<Announcement> handlers() {
        return others.handlers();
    }

    @Override
    public List<Revocation> revocations() {
        return holdings.revocations().entries();
    }

    // ---- the way to them

    @Override
    public boolean tell(Collection<String> nodes, HubMessage message) {
        if (nodes.isEmpty()) {
            return true;
        }
        byte[] parcel = Parcels.encode(new Parcel.Tell(message));
        boolean taken = true;
        for (String node : nodes) {
            @Nullable Peer peer = others.find(node);
            if (peer != null && message instanceof HubMessage.Deliver deliver && deliver.stamp() == null) {
                taken &= deliver.isVolatile()
                        ? peer.link().offerVolatile(parcel)
                        : peer.link().offer(parcel);
            } else if (peer != null) {
                peer.link().post(parcel);
            }
        }
        return taken;
    }

    @Override
    public Future<List<HubAnswer>> ask(
            String node, HubMessage message, @Nullable TraceContext trace, long limitMillis) {
        @Nullable Peer peer = others.find(node);
        if (peer == null) {
            return Future.succeededFuture(List.of());
        }
        LongFunction<Parcel> question = id -> new Parcel.Ask(id, message, trace);
        if (message instanceof HubMessage.Move move && move.join()) {
            // An emit to the room may follow at once, before the other node can have told that it has members now.
            Target room = Target.room(move.target().namespace(), move.room());
            peer.expect(room);
            return questions.ask(peer, limitMillis, question).onComplete(v -> peer.expectNoMore(room));
        }
        return questions.ask(peer, limitMillis, question);
    }

    @Override
    public Future<Outcome> ask(String node, String name, Payload data, @Nullable TraceContext trace, long limitMillis) {
        @Nullable Peer peer = others.find(node);
        return peer == null ? Questions.lost() : questions.ask(peer, name, data, trace, limitMillis);
    }

    @Override
    public void limit(long bytesPerNode) {
        others.limit(bytesPerNode);
    }

    @Override
    public long waiting() {
        return others.all().stream().mapToLong(peer -> peer.link().waiting()).sum();
    }

    @Override
    public ClusterState state() {
        long directory = others.all().stream().mapToLong(Peer::interests).sum();
        return new ClusterState(
                members.ids().size(),
                safety.isSafe(),
                directory,
                others.sent().sum(),
                desk.received().sum());
    }

    @Override
    public void hand(Announcement handler, EventMessage event) {
        @Nullable Peer peer = others.find(handler.node());
        if (peer != null) {
            peer.link().post(Parcels.encode(new Parcel.Hand(handler.instance(), event)));
        }
    }
}
