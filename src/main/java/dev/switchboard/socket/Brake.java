package dev.switchboard.socket;

import dev.switchboard.config.Limits;
import dev.switchboard.limit.Allowance;
import dev.switchboard.limit.Pace;
import dev.switchboard.metrics.Meters;
import dev.switchboard.metrics.Pacer;
import dev.switchboard.time.NodeClock;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what one client sends too fast: events, where the namespace sets rates, and tokens. What is refused is dropped,
 * and its client told when to try again; who goes on all the same is closed.
 */
final class Brake {
    private final LiveSocket socket;
    private final Limits limits;
    private final Meters meters;
    private final NodeClock clock;
    private final @Nullable Pace pace;
    private @Nullable Allowance auths;
    private @Nullable Allowance refusals;

    /** @param pace how fast events may come; null for as fast as they like */
    Brake(LiveSocket socket, Limits limits, Meters meters, NodeClock clock, @Nullable Pace pace) {
        this.socket = socket;
        this.limits = limits;
        this.meters = meters;
        this.clock = clock;
        this.pace = pace;
    }

    /** Whether the event may go on. */
    boolean lets(Inbound.Event event) {
        if (pace == null) {
            return true;
        }
        long wait = pace.take(event.name(), socket.user().id());
        return wait == 0 || refuse(event.name(), event.id(), wait);
    }

    /** Whether the token may be looked at. */
    boolean lets(Inbound.Auth auth) {
        if (auths == null) {
            auths = new Allowance(limits.auths(), clock);
        }
        long wait = auths.take();
        if (wait == 0) {
            return true;
        }
        meters.limited(Pacer.AUTH);
        return refuse("auth", auth.id(), wait);
    }

    private boolean refuse(String event, long id, long wait) {
        if (refusals == null) {
            refusals = new Allowance(limits.refusals(), clock);
        }
        if (refusals.take() == 0) {
            Payload after = Payload.of(new JsonObject().put("after", wait));
            socket.fail(event, id, ErrorCode.RATE_LIMITED.failure().with(after));
        } else {
            socket.close(CloseReason.RATE_LIMITED);
        }
        return false;
    }
}
