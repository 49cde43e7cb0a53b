package dev.switchboard.bus;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.LocalJournal;
import dev.switchboard.time.NodeClock;
import dev.switchboard.token.Revocation;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The peers of a node that has none. */
final class Alone implements Peers {
    private final Presence presence = new LocalPresence();
    private final Journal journal;

    private Alone(Vertx vertx) {
        journal = new LocalJournal(NodeClock.of(vertx));
    }

    static Peers of(Vertx vertx) {
        LocalMap<String, Peers> known = vertx.sharedData().getLocalMap("switchboard.peers");
        return known.computeIfAbsent("", key -> new Alone(vertx));
    }

    @Override
    public Future<Void> joined() {
        return Future.succeededFuture();
    }

    @Override
    public String self() {
        return "";
    }

    @Override
    public Future<Void> hub(String name, boolean there) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> handler(Announcement instance, boolean there) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> interest(Target target, boolean there) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> revoke(Revocation revocation) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> claim(Target socket) {
        return Future.succeededFuture(true);
    }

    @Override
    public Future<Void> release(Target socket) {
        return Future.succeededFuture();
    }

    @Override
    public List<String> nodes() {
        return List.of();
    }

    @Override
    public Future<Outcome> ask(String node, String name, Payload data, @Nullable TraceContext trace, long limitMillis) {
        return Future.failedFuture(ErrorCode.NODE_TIMEOUT.failure().exception());
    }

    @Override
    public Future<Void> flush() {
        return Future.succeededFuture();
    }

    @Override
    public List<String> interested(Target target) {
        return List.of();
    }

    @Override
    public @Nullable String nodeOf(String hub) {
        return null;
    }

    @Override
    public @Nullable String anyHub() {
        return null;
    }

    @Override
    public List<Announcement> handlers() {
        return List.of();
    }

    @Override
    public List<Revocation> revocations() {
        return List.of();
    }

    @Override
    public boolean tell(Collection<String> nodes, HubMessage message) {
        return nodes.isEmpty();
    }

    @Override
    public Future<List<HubAnswer>> ask(
            String node, HubMessage message, @Nullable TraceContext trace, long limitMillis) {
        return Future.failedFuture(ErrorCode.NO_SOCKET.failure().exception());
    }

    @Override
    public void hand(Announcement handler, EventMessage event) {
        throw new IllegalStateException("there is no other node");
    }

    @Override
    public void limit(long bytesPerNode) {
        // Nothing ever waits.
    }

    @Override
    public long waiting() {
        return 0;
    }

    @Override
    public ClusterState state() {
        return ClusterState.ALONE;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Presence presence() {
        return presence;
    }
}
