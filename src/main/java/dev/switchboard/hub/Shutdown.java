package dev.switchboard.hub;

import dev.switchboard.bus.Peers;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How a hub's sockets end with it: sent away one after the other while there is time, or all at once. */
final class Shutdown {
    private static final long ADDRESS_MILLIS = 1_000;
    private static final long ROUND_MILLIS = 50;

    /** How long sockets may take to end when the hub stops. */
    private static final long STOPPING_MILLIS = 2_000;

    private final Vertx vertx;
    private final Peers peers;
    private final Map<String, LiveSocket> sockets;

    private @Nullable Promise<Void> stopped;
    private @Nullable Promise<Void> draining;
    private boolean sentAway;

    /** Sockets that have ended and whose places are not told yet. */
    private int leaving;

    /** @param sockets those of the hub, as they come and go */
    Shutdown(Vertx vertx, Peers peers, Map<String, LiveSocket> sockets) {
        this.vertx = vertx;
        this.peers = peers;
        this.sockets = sockets;
    }

    /** Whether clients are sent away: no new ones are taken. */
    boolean isDraining() {
        return draining != null;
    }

    /** Whether all is to end now. */
    boolean isStopping() {
        return stopped != null;
    }

    /** Waits a little for the sockets, which have been closed, and for handlers that are at work for them. */
    Future<Void> stop(Runnable closeAll) {
        Promise<Void> over = Promise.promise();
        stopped = over;
        closeAll.run();
        return limited(over, STOPPING_MILLIS);
    }

    /**
     * Sends all clients away, some at a time, and waits for the handlers that are at work for them.
     *
     * @param spreadMillis over which time; they come back after as long a time at most
     */
    Future<Void> drain(long spreadMillis, long limitMillis) {
        Promise<Void> over = Promise.promise();
        draining = over;
        elsewhere().onComplete(urls -> {
            List<LiveSocket> all = List.copyOf(sockets.values());
            int rounds = (int) Math.max(1, spreadMillis / ROUND_MILLIS);
            sendAway(all, Math.max(1, (all.size() + rounds - 1) / rounds), urls.result(), (int) spreadMillis);
        });
        return limited(over, limitMillis);
    }

    private Future<Void> limited(Promise<Void> over, long millis) {
        long limit = vertx.setTimer(millis, t -> over.tryComplete());
        completeIfOver();
        return over.future().onComplete(v -> vertx.cancelTimer(limit));
    }

    private void sendAway(List<LiveSocket> rest, int some, List<String> urls, int jitterMillis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int now = Math.min(some, rest.size());
        rest.subList(0, now).forEach(socket -> {
            String url = urls.isEmpty() ? "" : urls.get(random.nextInt(urls.size()));
            socket.finish(CloseReason.GOING_AWAY
                    .after(1 + random.nextInt(1 + jitterMillis))
                    .at(url));
        });
        if (now < rest.size()) {
            vertx.setTimer(ROUND_MILLIS, t -> sendAway(rest.subList(now, rest.size()), some, urls, jitterMillis));
        } else {
            sentAway = true;
            completeIfOver();
        }
    }

    /** Where clients may come back, if the other nodes say so; never fails. */
    private Future<List<String>> elsewhere() {
        List<Future<String>> asked = peers.nodes().stream()
                .map(node -> peers.ask(node, Hub.ADDRESS_OF_NODE, Payload.absent(), null, ADDRESS_MILLIS)
                        .map(answer -> answer.failure() == null ? answer.data().string() : "")
                        .otherwise(""))
                .toList();
        return Future.all(asked)
                .map(all -> all.<String>list().stream()
                        .filter(url -> !url.isEmpty())
                        .toList())
                .otherwise(List.of());
    }

    /** A socket has ended; the Future succeeds when its places have been told. */
    void leaving(Future<Void> told) {
        leaving++;
        told.onComplete(v -> {
            leaving--;
            completeIfOver();
        });
    }

    /** Completes what waits for the last socket, if that is gone. */
    void completeIfOver() {
        if (!sockets.isEmpty() || leaving > 0) {
            return;
        }
        if (draining != null && sentAway) {
            draining.tryComplete();
        }
        if (stopped != null) {
            stopped.tryComplete();
        }
    }
}
