package dev.switchboard.bus;

import dev.switchboard.token.User;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a place, a namespace or a room, who comes and who goes: {@code user joined} and {@code user left} with {@code
 * {"user":{"id","name"},"count":n}}, and {@code "room"} in a room. Once per user, whatever the number of sockets and
 * nodes. For any thread.
 */
public final class Attendance {
    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);
    private static final String JOINED = "user joined";
    private static final String LEFT = "user left";

    private static final long LATE_MILLIS = 2_000;

    private final Vertx vertx;
    private final Presence presence;
    private final Hubs hubs;

    public Attendance(Vertx vertx) {
        this.vertx = vertx;
        this.presence = Peers.of(vertx).presence();
        this.hubs = new Hubs(vertx);
    }

    /**
     * A socket of the user comes; the Future succeeds when the user is counted, or cannot be just now.
     *
     * @return what then tells the place, if there is news
     */
    public Future<Runnable> enter(Target place, User user) {
        Future<Presence.Change> entered = presence.enter(place, user).onFailure(cause -> failed(place, cause));
        Runnable tell = () -> entered.onSuccess(change -> tell(JOINED, place, user, change));
        return soon(entered).map(tell);
    }

    /** When it is complete, or late: nobody waits for a node that is silent. */
    private Future<Void> soon(Future<?> future) {
        Promise<Void> soon = Promise.promise();
        if (future.isComplete()) {
            soon.complete();
        } else {
            long late = vertx.setTimer(LATE_MILLIS, t -> soon.tryComplete());
            future.onComplete(done -> {
                vertx.cancelTimer(late);
                soon.tryComplete();
            });
        }
        return soon.future();
    }

    /** A socket of the user goes; the Future succeeds when the place is told, or cannot be just now. */
    public Future<Void> leave(Target place, User user) {
        return presence.leave(place, user)
                .onSuccess(change -> tell(LEFT, place, user, change))
                .onFailure(cause -> failed(place, cause))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void tell(String event, Target place, User user, Presence.Change change) {
        if (change.changed()) {
            JsonObject data = new JsonObject()
                    .put("user", new JsonObject().put("id", user.id()).put("name", user.name()))
                    .put("count", change.count());
            if (place.kind() == Target.Kind.ROOM) {
                data.put("room", place.name());
            }
            hubs.emit(place, event, Payload.of(data));
        }
    }

    /** The user left with a node that was lost. */
    public void left(Target place, User user, int count) {
        tell(LEFT, place, user, new Presence.Change(true, count));
    }

    private static void failed(Target place, Throwable cause) {
        LOG.error("Who is at {} is not known exactly", place, cause);
    }
}
