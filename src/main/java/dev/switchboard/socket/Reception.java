package dev.switchboard.socket;

import dev.switchboard.bus.Outcome;
import dev.switchboard.config.Limits;
import dev.switchboard.metrics.Meters;
import dev.switchboard.tracing.OpenSpan;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.Outbound;

/**
 * Takes what a client says, once its socket has begun. Events go through the gate into the lane; acks and pings pass it by.
 * While the lane is full the connection is not read, so that the client is pushed back, but never while the client owes
 * an answer: then, and where a transport cannot be pushed back, what is too much is refused.
 */
final class Reception {
    private final LiveSocket socket;
    private final Connection connection;
    private final Limits limits;
    private final Work work;
    private final Gate gate;
    private final Asks asks;
    private final Meters meters;
    private int badFrames;
    private boolean paused;

    Reception(LiveSocket socket, Connection connection, Limits limits, Work work, Asks asks, Meters meters) {
        this.socket = socket;
        this.connection = connection;
        this.limits = limits;
        this.work = work;
        this.gate = work.gate();
        this.asks = asks;
        this.meters = meters;
    }

    /** Takes a message, but none that is for the {@link Admission}. */
    void take(Inbound message, long now) {
        if (message instanceof Inbound.Event event) {
            accept(event, now);
        } else if (message instanceof Inbound.Ack ack) {
            settle(ack.id(), Outcome.of(ack.data()));
        } else if (message instanceof Inbound.AckFailure ack) {
            settle(ack.id(), Outcome.failed(ack.failure()));
        } else if (message instanceof Inbound.Ping ping) {
            socket.send(new Outbound.Pong(ping.n()));
        } else if (message instanceof Inbound.Bad bad) {
            bad(bad.why());
        } else if (message instanceof Inbound.Unsupported) {
            socket.close(CloseReason.UNSUPPORTED_DATA);
        }
    }

    private void settle(long id, Outcome outcome) {
        asks.settle(id, outcome);
        push();
    }

    private void bad(String why) {
        if (++badFrames > limits.badFrames()) {
            socket.close(CloseReason.BAD_FRAMES);
        } else {
            work.failed("", 0, ErrorCode.BAD_FRAME.failure(why), null);
        }
    }

    private void accept(Inbound.Event event, long now) {
        if (EventNames.isReserved(event.name())) {
            socket.fail(event.name(), event.id(), ErrorCode.FORBIDDEN_EVENT.failure());
        } else if (overflows()) {
            socket.fail(event.name(), event.id(), ErrorCode.TOO_MANY_PENDING.failure());
        } else {
            OpenSpan span = work.begun(event.name(), event.trace());
            gate.offer(Lane.Pending.sent(event.name(), event.data(), event.id()).traced(span), now);
            push();
        }
    }

    /** Full. When the client was pushed back some more is taken: it may have been on its way. */
    private boolean overflows() {
        return isOver(1) && (!paused || isOver(2));
    }

    private boolean isOver(int times) {
        return gate.bytes() > (long) times * limits.queue() || gate.messages() > (long) times * limits.queueMessages();
    }

    private boolean isHalfEmpty() {
        return 2L * gate.bytes() <= limits.queue() && 2L * gate.messages() <= limits.queueMessages();
    }

    /** Stops or goes on reading, as the lane and what the client owes say. */
    void push() {
        if (!paused && isOver(1) && asks.isEmpty()) {
            paused = connection.pause();
            if (paused) {
                meters.paused();
            }
        } else if (paused && (isHalfEmpty() || !asks.isEmpty())) {
            paused = false;
            socket.heard();
            connection.resume();
        }
    }

    /** Whether nothing is read: silence is no sign then. */
    boolean isPaused() {
        return paused;
    }
}
