package dev.switchboard.cluster;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Another node, as this one knows it: what it told, and the way to it. Changed on the cluster's context, read from any
 * thread.
 */
final class Peer {
    private final String id;
    private final Link link;
    private final Promise<Void> met = Promise.promise();
    private final Set<String> hubs = ConcurrentHashMap.newKeySet();
    private final Map<String, Announcement> handlers = new ConcurrentHashMap<>();
    private final Set<Target> interests = ConcurrentHashMap.newKeySet();

    /** Rooms that sockets of the other node are about to join because this node asked for it, with the number of asks. */
    private final Map<Target, Integer> expected = new ConcurrentHashMap<>();

    /** Whom it has said, since it began to greet, that it has sockets of. */
    private final Set<Target> greeting = new HashSet<>();

    private boolean isGreeting;
    private boolean knowsThis;
    private boolean known;
    private long epoch;
    private long sequence;

    Peer(String id, Link link) {
        this.id = id;
        this.link = link;
    }

    String id() {
        return id;
    }

    Link link() {
        return link;
    }

    /** Succeeds when both nodes know what the other has, or the other is lost. */
    Future<Void> met() {
        return met.future();
    }

    /** The other node has been told all. */
    void knowsThisNode() {
        knowsThis = true;
        checkMet();
    }

    /** The other node has told all; what it told before and not again is void. */
    void isKnown() {
        interests.retainAll(greeting);
        greeting.clear();
        isGreeting = false;
        known = true;
        checkMet();
    }

    void checkMet() {
        if (link.isClosed() || (known && knowsThis)) {
            met.tryComplete();
        }
    }

    // ---- the link from there to here

    /** The epoch of that link; 0 before the other node has greeted. */
    long epoch() {
        return epoch;
    }

    /** Takes note of a batch; false when it came before. */
    boolean accepts(Batch batch) {
        if (batch.epoch() == epoch && batch.sequence() <= sequence) {
            return false;
        }
        epoch = batch.epoch();
        sequence = batch.sequence();
        return true;
    }

    // ---- what it has

    /** What it told before is void. What it has still is known all the while, for others read meanwhile. */
    void greeted(Parcel.Hello hello) {
        greeting.clear();
        isGreeting = true;
        become(hubs, hello.hubs());
        Map<String, Announcement> instances =
                hello.handlers().stream().collect(Collectors.toMap(Announcement::instance, Function.identity()));
        handlers.putAll(instances);
        handlers.keySet().retainAll(instances.keySet());
    }

    private static <T> void become(Set<T> all, Set<T> now) {
        all.addAll(now);
        all.retainAll(now);
    }

    void hub(Parcel.Hub hub) {
        set(hubs, hub.name(), hub.there());
    }

    void interests(Parcel.Interests more) {
        interests.addAll(more.targets());
        greeting.addAll(more.targets());
    }

    void interest(Parcel.Interest interest) {
        set(interests, interest.target(), interest.there());
        if (isGreeting) {
            set(greeting, interest.target(), interest.there());
        }
    }

    void handler(Parcel.Handler handler) {
        if (handler.there()) {
            handlers.put(handler.instance().instance(), handler.instance());
        } else {
            handlers.remove(handler.instance().instance());
        }
    }

    private static <T> void set(Set<T> all, T one, boolean there) {
        if (there) {
            all.add(one);
        } else {
            all.remove(one);
        }
    }

    Set<String> hubs() {
        return Set.copyOf(hubs);
    }

    boolean hasHub(String hub) {
        return hubs.contains(hub);
    }

    List<Announcement> handlers() {
        return List.copyOf(handlers.values());
    }

    /** How many targets it has sockets of. */
    int interests() {
        return interests.size();
    }

    /** Whether it has sockets that are meant, or is about to. */
    boolean isInterested(Target whole) {
        return interests.contains(whole) || expected.containsKey(whole);
    }

    void expect(Target room) {
        expected.merge(room, 1, Integer::sum);
    }

    void expectNoMore(Target room) {
        expected.computeIfPresent(room, (key, asks) -> asks == 1 ? null : asks - 1);
    }
}
