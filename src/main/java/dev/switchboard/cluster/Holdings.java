package dev.switchboard.cluster;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Target;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.Revocations;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * What this node has, and tells the others: its hubs, its handlers, whom it has sockets of, which tokens are revoked.
 * The Futures succeed when the others know, or are silent. On the cluster's context, but for {@link #revocations}.
 */
final class Holdings {
    private static final long ANSWER_MILLIS = 6_000;

    private final Supplier<Collection<Peer>> others;
    private final Questions questions;
    private final Set<String> hubs = new HashSet<>();
    private final Map<String, Announcement> handlers = new HashMap<>();
    private final Revocations revocations = new Revocations();
    private final Interests interests = new Interests((target, there) -> tellAll(new Parcel.Interest(target, there)));

    Holdings(Supplier<Collection<Peer>> others, Questions questions) {
        this.others = others;
        this.questions = questions;
    }

    // ---- for a node that is greeted

    Parcel.Hello hello(long known) {
        return new Parcel.Hello(known, hubs, List.copyOf(handlers.values()), revocations.entries());
    }

    List<Target> interests() {
        return interests.all();
    }

    /** All that any node told. */
    Revocations revocations() {
        return revocations;
    }

    // ---- changes

    Future<Void> hub(String name, boolean there) {
        if (there) {
            hubs.add(name);
        } else {
            hubs.remove(name);
        }
        return tellAll(new Parcel.Hub(name, there));
    }

    Future<Void> handler(Announcement instance, boolean there) {
        if (there) {
            handlers.put(instance.instance(), instance);
        } else {
            handlers.remove(instance.instance());
        }
        return askAll(id -> new Parcel.Handler(id, instance, there));
    }

    Future<Void> interest(Target target, boolean there) {
        if (there) {
            return interests.add(target);
        }
        interests.remove(target, now());
        return Future.succeededFuture();
    }

    Future<Void> revoke(Revocation revocation) {
        revocations.revoke(revocation);
        return askAll(id -> new Parcel.Revoke(id, revocation));
    }

    Future<Void> flush() {
        return tellAll(new Parcel.Nothing());
    }

    /** Tells some of what is no more; called every now and then, and again at once if there is more to tell. */
    boolean sweep() {
        return interests.sweep(now());
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    private Future<Void> tellAll(Parcel parcel) {
        byte[] encoded = Parcels.encode(parcel);
        return Future.all(others.get().stream()
                        .map(peer -> peer.link().deliver(encoded))
                        .toList())
                .mapEmpty();
    }

    /** A node that is silent takes it before anything else that this one sends, so its silence is no failure. */
    private Future<Void> askAll(LongFunction<Parcel> question) {
        return Future.join(others.get().stream()
                        .map(peer -> questions.ask(peer, ANSWER_MILLIS, question))
                        .toList())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
