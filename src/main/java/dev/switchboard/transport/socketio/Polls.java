package dev.switchboard.transport.socketio;

import dev.switchboard.limit.Backlog;
import dev.switchboard.transport.polling.Mailbox;
import dev.switchboard.wire.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests through which a client receives, one after the other, and what waits for the next. On the session's event loop. */
final class Polls {
    private static final Frame NOOP = EnginePacket.frame(PacketType.NOOP, "");

    private final Session session;
    private final Mailbox waiting;
    private @Nullable Poll poll;
    private boolean flushing;

    /** @param backlog what waits for all clients of the node */
    Polls(Session session, Backlog backlog) {
        this.session = session;
        this.waiting = new Mailbox(backlog);
    }

    boolean isFull() {
        return waiting.isFull();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** A request wants to receive; false when there is one already. */
    boolean receive(Poll next) {
        boolean first = poll == null;
        if (first) {
            poll = next;
            flush();
        }
        return first;
    }

    /** The client broke a request off; false when it was answered before. */
    boolean broken(Poll gone) {
        boolean waited = poll == gone;
        if (waited) {
            poll = null;
        }
        return waited;
    }

    /** Sends a packet at the end of this turn of the event loop, or with the next request. */
    void write(Frame frame) {
        waiting.add(frame);
        if (!flushing) {
            flushing = true;
            session.later(this::flush);
        }
    }

    /** Sends what waits, if somebody receives. */
    void flush() {
        flushing = false;
        Poll receiver = poll;
        if (receiver == null) {
            waiting.stays();
        } else if (waiting.isEmpty()) {
            session.awaited();
        } else {
            poll = null;
            receiver.answer(waiting.take(), session::sent);
            session.drained();
        }
    }

    /** A request that waits is answered, so that the client may leave polling. */
    void hush() {
        Poll silent = poll;
        if (silent != null) {
            hush(silent);
        }
    }

    /** The same with this one, if it still waits. */
    void hush(Poll silent) {
        if (broken(silent)) {
            silent.answer(List.of(NOOP), session::sent);
        }
    }

    /** What waits goes another way. */
    List<Frame> take() {
        return waiting.take();
    }

    /** @param last what a request that waits is answered; what waits for one is dropped */
    void end(Frame last) {
        waiting.take();
        if (poll != null) {
            poll.answer(List.of(last), whole -> {});
            poll = null;
        }
    }

    /** Breaks off a request that waits. */
    void abort() {
        if (poll != null) {
            poll.abort();
            poll = null;
        }
    }
}
