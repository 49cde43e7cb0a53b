package dev.switchboard.socket;

import dev.switchboard.bus.Outcome;
import dev.switchboard.resume.Life;
import dev.switchboard.resume.Lives;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.Outbound;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What of a socket outlives its connection. Where the namespace keeps nothing, and until it is known who the client is, there
 * is nothing, and the methods say or do so.
 */
final class Resumption {
    private Lives.@Nullable Beginning beginning;

    /** It has begun, or begun again. */
    void begin(Lives.Beginning begun, Life.Owner owner) {
        beginning = begun;
        begun.life().of(owner);
    }

    Lives.@Nullable Beginning beginning() {
        return beginning;
    }

    @Nullable
    Life life() {
        return beginning == null ? null : beginning.life();
    }

    /** Whether the client had this socket on another connection before. */
    boolean isResumed() {
        Life life = life();
        return life != null && life.isResumed();
    }

    /** Whether nothing that its client sent waits to begin. */
    boolean isQuiet() {
        Life life = life();
        return life == null || life.isQuiet();
    }

    /** Notes what is known of the socket now. */
    void save() {
        Life life = life();
        if (life != null) {
            life.save();
        }
    }

    /** Its client has said something. */
    void heard() {
        Life life = life();
        if (life != null) {
            life.heardOf();
        }
    }

    /** Says in the greeting how the client may come back, and why it is not what it was if it wanted to be. */
    void greet(JsonObject open) {
        Life life = life();
        if (life != null) {
            open.put("resumed", life.isResumed()).put("resume", life.open());
            Objects.requireNonNull(beginning)
                    .insteadOf()
                    .ifPresent(why -> open.put("reason", why.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** What the handler of {@code open} is told. */
    Payload opening() {
        Life life = life();
        return life == null ? Payload.absent() : Payload.of(new JsonObject().put("resumed", life.isResumed()));
    }

    // ---- what its client asks, maybe again

    /**
     * An event came, and there is something. It runs unless the client has sent it before; then it has the answer that it had,
     * once there is one.
     *
     * @param goodBye what to do when the client says that it will not come back
     */
    void take(Inbound.Event event, Runnable run, Consumer<Outbound> answer, Runnable goodBye) {
        if (event.name().equals(EventNames.CLOSE)) {
            bidFarewell(goodBye);
        } else {
            Objects.requireNonNull(life()).take(event.id(), run, outcome -> answer.accept(answer(event, outcome)));
        }
    }

    /** The client says, after all that it has sent, that it will not come back. */
    void bidFarewell(Runnable goodBye) {
        Objects.requireNonNull(life()).take(0, goodBye, outcome -> goodBye.run());
    }

    private static Outbound answer(Inbound.Event event, Outcome outcome) {
        Failure failure = outcome.failure();
        if (failure == null) {
            return new Outbound.Ack(event.id(), outcome.data());
        }
        return event.id() == 0
                ? new Outbound.Failed(failure, event.name())
                : new Outbound.AckFailure(event.id(), failure);
    }

    /** An event that wanted an answer has one. */
    void answered(long id, Outcome outcome) {
        Life life = life();
        if (life != null && id != 0) {
            life.answered(id, outcome);
        }
    }

    /** An event that wanted an answer will not be handled. */
    void dropped(long id) {
        Life life = life();
        if (life != null) {
            life.dropped(id);
        }
    }

    // ---- its end

    /** The connection is gone, and the client may come back. */
    void leave() {
        Objects.requireNonNull(life()).leave();
    }

    /** Nobody comes back; tells whether handlers are to hear of it from here. */
    Future<Boolean> end() {
        return Objects.requireNonNull(life()).end();
    }

    /**
     * The connection of a socket that never opened on it is gone; on another it may have been open before.
     *
     * @param comesBack whether its client may come back
     */
    void leaveEarly(boolean comesBack) {
        Life life = life();
        if (life != null && !life.isResumed()) {
            life.end(); // nobody was told that it is there
        } else if (life != null && comesBack) {
            life.leave();
        } else if (life != null) {
            life.abandon();
        }
    }
}
