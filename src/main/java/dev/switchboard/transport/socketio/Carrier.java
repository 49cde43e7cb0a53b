package dev.switchboard.transport.socketio;

import dev.switchboard.limit.Backlog;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.PacketException;
import org.jspecify.annotations.Nullable;

/**
 * What carries the packets of a session: requests, then perhaps a WebSocket, or a WebSocket from the beginning. With the
 * upgrade what waits for a request goes to the WebSocket, before all that follows. On the session's event loop.
 */
final class Carrier {
    /** How long a request may wait while a WebSocket is tried, in milliseconds: the client has asked before it knew. */
    private static final long HUSH_MILLIS = 100;

    private final Session session;
    private final Revision revision;
    private final Polls polls;
    private final Upgrade upgrade;
    private @Nullable Line line;

    /** @param backlog what waits for all clients of the node */
    Carrier(Session session, Revision revision, Backlog backlog) {
        this.session = session;
        this.revision = revision;
        this.polls = new Polls(session, backlog);
        this.upgrade = new Upgrade(this);
    }

    boolean isWebSocket() {
        return line != null;
    }

    // ---- requests

    /** A request wants to receive; false when there is one already. */
    boolean receive(Poll next) {
        boolean first = polls.receive(next);
        if (first && upgrade.isUnderWay()) {
            session.in(HUSH_MILLIS, () -> polls.hush(next));
        }
        return first;
    }

    /** The client broke a request off; false when it was answered before. */
    boolean broken(Poll gone) {
        return polls.broken(gone);
    }

    // ---- WebSockets

    /** The session begins on a WebSocket. */
    void begin(Line first) {
        line = first;
    }

    /** A WebSocket wants to carry it on. */
    void probe(Line next) {
        if (session.isEnding() || line != null || upgrade.isUnderWay()) {
            next.close(CloseReason.PROTOCOL_ERROR);
        } else {
            upgrade.begin(next, Session.now());
        }
    }

    void message(Line from, byte[] message, boolean binary) {
        try {
            EnginePacket packet = binary ? revision.binary(message) : EnginePacket.text(message);
            if (from == line) {
                session.take(packet);
            } else if (upgrade.is(from)) {
                upgrade.take(from, packet);
            }
        } catch (PacketException e) {
            violated(from, e.reason());
        }
    }

    /** The WebSocket that is tried carries: the client is about to leave polling. */
    void probed() {
        polls.hush();
    }

    void upgraded(Line to) {
        line = to;
        polls.hush();
        polls.take().forEach(to::write);
        if (session.isPaused()) {
            to.pause();
        }
        if (session.isEnding()) {
            session.awaited();
        } else {
            session.drained();
        }
    }

    void drained(Line from) {
        if (from == line) {
            session.drained();
        }
    }

    void violated(Line from, CloseReason reason) {
        if (from == line) {
            session.violated(reason);
        } else if (upgrade.is(from)) {
            upgrade.giveUp(reason);
        } else {
            from.close(reason);
        }
    }

    void closed(Line from, CloseReason reason) {
        if (from == line) {
            session.violated(reason);
        } else if (upgrade.is(from)) {
            upgrade.gone();
        }
    }

    // ---- for the session

    /** Whether nothing waits that has not been handed on. */
    boolean isEmpty() {
        return line != null || polls.isEmpty();
    }

    boolean writable() {
        return line == null ? !polls.isFull() : line.writable();
    }

    void write(Frame frame) {
        if (line == null) {
            polls.write(frame);
        } else {
            line.write(frame);
        }
    }

    /** Sends what waits, if somebody receives. */
    void flush() {
        polls.flush();
    }

    void pause() {
        if (line != null) {
            line.pause();
        }
    }

    void resume() {
        if (line != null) {
            line.resume();
        }
    }

    /** @param last what a request that waits is answered */
    void end(CloseReason reason, Frame last) {
        polls.end(last);
        upgrade.giveUp(reason);
        if (line != null) {
            line.close(reason);
        }
    }

    void abort() {
        polls.abort();
        if (line != null) {
            line.abort();
        }
    }

    /** @param limit how long a WebSocket may be tried, in milliseconds */
    void tick(long now, long limit) {
        upgrade.expire(now, limit);
    }
}
