package dev.switchboard.hub;

import dev.switchboard.bus.Outcome;
import dev.switchboard.config.FollowConfig;
import dev.switchboard.socket.Tap;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The admins who follow sockets of one hub. Each comes and asks, again and again; who does so no longer follows no longer.
 * Lives on the event loop of its hub.
 */
final class Followings {
    private static final int MOST = 16;
    private static final long PATIENCE_MILLIS = 10_000;

    private final Map<String, Following> all = new HashMap<>();
    private @Nullable FollowConfig rule;

    /** Sockets may be followed from now on. */
    void allow(FollowConfig rule) {
        this.rule = rule;
    }

    /**
     * What passed since the admin last asked; if he never did, he follows from now on.
     *
     * @param follower whom nobody else is called
     * @param tap of the socket; null when there is none
     * @param now in milliseconds of whatever clock
     */
    Outcome ask(String follower, @Nullable Tap tap, long now) {
        Following known = all.get(follower);
        if (known == null && tap == null) {
            return Outcome.failed(ErrorCode.NO_SOCKET);
        }
        if (known == null) {
            return begin(follower, tap, now);
        }
        boolean isOver = known.isOver(now);
        known.listen(isOver ? null : tap);
        JsonObject told = known.take(now).put("over", isOver).put("ended", tap == null);
        if (isOver || tap == null) {
            end(follower);
        }
        return Outcome.of(Payload.of(told));
    }

    private Outcome begin(String follower, @Nullable Tap tap, long now) {
        if (rule == null) {
            return Outcome.failed(ErrorCode.REFUSED.failure("The node of the socket has no admin page"));
        }
        if (all.size() >= MOST) {
            return Outcome.failed(ErrorCode.REFUSED.failure("Too many sockets are followed already"));
        }
        Following begun = new Following(rule, now);
        begun.listen(tap);
        all.put(follower, begun);
        return Outcome.of(Payload.of(begun.take(now).put("begun", true)));
    }

    private void end(String follower) {
        Following ended = all.remove(follower);
        if (ended != null) {
            ended.end();
        }
    }

    /** Looks after time limits. */
    void tick(long now) {
        all.values().removeIf(one -> {
            boolean isForsaken = one.silence(now) > PATIENCE_MILLIS;
            if (isForsaken || one.isOver(now)) {
                one.end();
            }
            return isForsaken;
        });
    }
}
