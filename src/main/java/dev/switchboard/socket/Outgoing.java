package dev.switchboard.socket;

import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Volley;
import dev.switchboard.config.Overflow;
import dev.switchboard.metrics.Meters;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Outbound;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is said to a client, in its dialect. Events wait until it has been greeted; who does not read fast enough is closed,
 * where the namespace says so.
 */
final class Outgoing implements Crowd.Member {
    private final LiveSocket socket;
    private final Codec codec;
    private final Outbox outbox;
    private final Asks asks;
    private final Tap tap;
    private final Meters meters;
    private List<Frame> missed = List.of();
    private boolean greeted;

    Outgoing(LiveSocket socket, Codec codec, Outbox outbox, Asks asks, Tap tap, Meters meters) {
        this.socket = socket;
        this.codec = codec;
        this.outbox = outbox;
        this.asks = asks;
        this.tap = tap;
        this.meters = meters;
    }

    // ---- the greeting

    /** What the client is sent right after the greeting, before all that is emitted from now on. */
    void missed(List<Delivery> events) {
        missed = events.stream()
                .map(event -> event.frame(codec))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Tells the client that it is in, what it missed, and what was held for it until now. */
    void greet(JsonObject open) {
        greeted = true;
        List<Frame> first = new ArrayList<>();
        Stream.ofNullable(codec.encode(new Outbound.Open(open))).forEach(first::add);
        first.addAll(missed);
        missed = List.of();
        outbox.release(first);
    }

    boolean isGreeted() {
        return greeted;
    }

    /** Whether something waits for the greeting. */
    boolean isHolding() {
        return outbox.isHolding();
    }

    // ---- events

    /** Sends an event that other receivers may share. */
    void deliver(Delivery event) {
        Frame frame = socket.isReachable() ? event.frame(codec) : null;
        if (frame != null) {
            tap.out(event);
        }
        if (frame != null && !(socket.isOpen() ? outbox.send(frame, event) : outbox.hold(frame, event))) {
            overflow();
        }
    }

    /** The same for several, which leave in one piece if they can leave at once. */
    void deliver(Volley volley) {
        Frame joined = socket.isOpen() ? volley.frame(codec) : null;
        if (joined == null || !outbox.offer(joined)) {
            volley.events().forEach(this::deliver);
        } else {
            tap.out(volley.events());
        }
    }

    /** Sends it if it can leave at once; else the client goes without. */
    void offer(Delivery event) {
        Frame frame = socket.isOpen() ? event.frame(codec) : null;
        if (frame != null && outbox.offer(frame)) {
            tap.out(event);
        }
    }

    // ---- questions

    /** The least number of the next question. */
    long nextAsk() {
        return asks.next();
    }

    /** Asks the client; {@code answer} is called once. The id of the question is {@link #nextAsk}, or more. */
    void ask(Delivery question, long limitMillis, Consumer<Outcome> answer) {
        Frame frame = question.frame(codec);
        if (!socket.isOpen()) {
            answer.accept(Outcome.failed(ErrorCode.NO_SOCKET));
        } else if (!codec.hasAcks() || frame == null) {
            answer.accept(Outcome.failed(ErrorCode.REFUSED.failure("A client of the text dialect cannot be asked")));
        } else if (asks.isFull()) {
            meters.refusedAsk();
            answer.accept(Outcome.failed(ErrorCode.TOO_MANY_PENDING));
        } else {
            asks.start(question.id(), socket.now() + limitMillis, answer);
            tap.out(question);
            send(frame);
        }
    }

    // ---- what is not dropped

    void send(Outbound message) {
        Frame frame = codec.encode(message);
        if (frame != null) {
            tap.out(message);
            send(frame);
        }
    }

    private void send(Frame frame) {
        if (!socket.isClosed() && !outbox.send(frame)) {
            overflow();
        }
    }

    private void overflow() {
        meters.overflowed(Overflow.Policy.CLOSE);
        outbox.clear();
        socket.close(CloseReason.SLOW_CONSUMER);
    }

    /** How many messages wait. */
    int messages() {
        return outbox.messages();
    }

    @Override
    public long waiting() {
        return socket.isClosed() ? 0 : outbox.yields();
    }

    @Override
    public void giveWay() {
        if (!outbox.giveWay()) {
            overflow();
        }
    }

    /** Writes what the connection takes now. */
    void drain() {
        outbox.drain();
    }

    /** Closes the connection after all that waits and these last words. */
    void close(Outbound last, CloseReason reason) {
        tap.out(last);
        outbox.close(codec.encode(last), reason);
    }

    /** Drops what waits. */
    void clear() {
        outbox.clear();
    }
}
