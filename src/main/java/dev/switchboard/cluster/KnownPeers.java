package dev.switchboard.cluster;

import dev.switchboard.bus.Addresses;
import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Target;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The other nodes that this one has met. Changed on the cluster's context, read from any thread. */
final class KnownPeers {
    /** Where nothing else is configured, as on a node that has handlers alone. */
    private static final long USUAL_BYTES = 64L << 20;

    private final ContextInternal context;
    private final String self;
    private final LongFunction<Parcel.Hello> hello;
    private final Supplier<List<Target>> interests;
    private final Questions questions;
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();
    private final Flow sent = new Flow();
    private volatile long most = USUAL_BYTES;

    /**
     * @param self this node
     * @param hello what another node must know of this one; given the epoch of the other's link that is known here
     * @param interests whom this node has sockets of
     */
    KnownPeers(
            ContextInternal context,
            String self,
            LongFunction<Parcel.Hello> hello,
            Supplier<List<Target>> interests,
            Questions questions) {
        this.context = context;
        this.self = self;
        this.hello = hello;
        this.interests = interests;
        this.questions = questions;
    }

    /** Lets no more than this wait for each of them. From any thread. */
    void limit(long bytes) {
        most = bytes;
    }

    /** What was sent to all of them. From any thread. */
    Flow sent() {
        return sent;
    }

    Collection<Peer> all() {
        return peers.values();
    }

    @Nullable
    Peer find(String node) {
        return peers.get(node);
    }

    /** Makes a node known that was not; {@link #greet} must follow. */
    Peer add(String node) {
        Peer peer = new Peer(node, new Link(context, self, Addresses.node(node), new Link.Owner() {
            @Override
            public Parcel.Hello hello() {
                return hello.apply(epoch(node));
            }

            @Override
            public List<Target> interests() {
                return interests.get();
            }

            @Override
            public long mostBytes() {
                return most;
            }

            @Override
            public Flow sent() {
                return sent;
            }

            @Override
            public boolean giveUp() {
                return epoch(node) == 0 && remove(node) != null;
            }
        }));
        peers.put(node, peer);
        return peer;
    }

    private long epoch(String node) {
        Peer peer = peers.get(node);
        return peer == null ? 0 : peer.epoch();
    }

    void greet(Peer peer) {
        peer.link().begin().onComplete(v -> peer.knowsThisNode());
    }

    /** Forgets a node, and ends what it has been asked; null when it was not known. */
    @Nullable
    Peer remove(String node) {
        Peer peer = peers.remove(node);
        if (peer != null) {
            peer.link().close();
            questions.lost(node);
            peer.checkMet();
        }
        return peer;
    }

    // ---- what they have

    @Nullable
    String nodeOf(String hub) {
        for (Peer peer : peers.values()) {
            if (peer.hasHub(hub)) {
                return peer.id();
            }
        }
        return null;
    }

    @Nullable
    String anyHub() {
        return peers.values().stream()
                .flatMap(peer -> peer.hubs().stream())
                .findFirst()
                .orElse(null);
    }

    List<String> interested(Target target) {
        List<Target> parts = target.parts();
        List<String> nodes = new ArrayList<>(0);
        for (Peer peer : peers.values()) {
            if (parts.stream().anyMatch(peer::isInterested)) {
                nodes.add(peer.id());
            }
        }
        return nodes;
    }

    List<Announcement> handlers() {
        return peers.values().stream().flatMap(peer -> peer.handlers().stream()).toList();
    }
}
