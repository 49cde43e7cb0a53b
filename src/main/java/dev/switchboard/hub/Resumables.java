package dev.switchboard.hub;

import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Peers;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.ResumeConfig;
import dev.switchboard.journal.Journal;
import dev.switchboard.journal.LogBounds;
import dev.switchboard.metrics.Meters;
import dev.switchboard.metrics.ResumeOutcome;
import dev.switchboard.resume.Life;
import dev.switchboard.resume.Lives;
import dev.switchboard.resume.LogReaders;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.time.NodeClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What a hub has for the namespaces that keep what their clients miss: the lives of their sockets, and who reads their logs. */
final class Resumables {
    /** After so many ticks those are looked for whose clients did not come back. */
    private static final int TICKS_OF_ENDS = 4;

    private static final long LAST_STEPS_MILLIS = 2_000;

    /** How long after its own time limit a handler may still be heard of. */
    private static final long GRACE_MILLIS = 2_000;

    private record Kept(NamespaceConfig namespace, Lives lives, LogReaders readers) {}

    private final Vertx vertx;
    private final Peers peers;
    private final Map<String, Kept> kept = new HashMap<>();
    private long ticks;

    Resumables(Vertx vertx, Peers peers) {
        this.vertx = vertx;
        this.peers = peers;
    }

    /** What is emitted in a namespace is kept from now on. Before any of its sockets comes; the Future succeeds when the logs are ready. */
    Future<Void> keep(
            NamespaceConfig namespace,
            ResumeConfig resume,
            NamespaceSockets sockets,
            Consumer<List<HubMessage.Deliver>> desk) {
        Journal journal = peers.journal();
        Context context = vertx.getOrCreateContext();
        String name = namespace.name();
        long window = resume.window().toMillis();
        LogReaders readers = new LogReaders(journal, context, name, window, desk, sockets::broken);
        Lives lives = new Lives(new Life.Setting(
                journal,
                context,
                NodeClock.of(vertx),
                name,
                peers.self(),
                window,
                namespace.handlerTimeout().toMillis() + GRACE_MILLIS,
                node -> node.equals(peers.self()) || peers.nodes().contains(node)));
        sockets.read(readers);
        kept.put(name, new Kept(namespace, lives, readers));
        return journal.keep(name, new LogBounds(resume.entries(), resume.bytes(), window, resume.nodes()));
    }

    Lives lives(String namespace) {
        return Objects.requireNonNull(kept.get(namespace)).lives();
    }

    void tick(long millis) {
        kept.values().forEach(each -> each.readers().tick(millis));
    }

    /** @param depart told of lives whose clients did not come back in time */
    void endOverdue(BiConsumer<NamespaceConfig, Life> depart) {
        if (++ticks % TICKS_OF_ENDS == 0) {
            kept.values().forEach(each -> each.lives().endOverdue((id, life) -> depart.accept(each.namespace(), life)));
        }
    }

    /** What others have kept and not sent here is fetched: they are lost, or were. Their last steps may be on their way. */
    void catchUp() {
        if (!kept.isEmpty()) {
            check();
            vertx.setTimer(LAST_STEPS_MILLIS, t -> check());
        }
    }

    private void check() {
        kept.values().forEach(each -> each.readers().check());
    }

    /**
     * Shows a socket what its client missed, in the greeting.
     *
     * @return fails when that was forgotten just now
     */
    static Future<Void> fetchMissed(LiveSocket socket, Lives.Beginning beginning, Meters meters) {
        Life life = beginning.life();
        return beginning.missed(life::begin).compose(missed -> {
            if (life.isResumed()) {
                meters.resumed(missed.isEmpty() ? ResumeOutcome.FAILED : ResumeOutcome.RESUMED);
            }
            if (missed.isEmpty()) {
                return Future.failedFuture("what the client missed was forgotten just now");
            }
            socket.missed(
                    missed.get().stream().map(HubMessage.Deliver::delivery).toList());
            return life.save();
        });
    }
}
