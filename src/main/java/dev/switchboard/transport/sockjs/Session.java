package dev.switchboard.transport.sockjs;

import dev.switchboard.limit.Backlog;
import dev.switchboard.metrics.Transport;
import dev.switchboard.socket.Connection;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.transport.polling.Intake;
import dev.switchboard.transport.polling.Mailbox;
import dev.switchboard.transport.polling.Sessions;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client of the HTTP transports. It outlives the requests: what is to be sent waits for the next one that receives.
 *
 * <pre>
 *   OPEN, with a receiver ⇄ OPEN, without ── none for 5 s, or one broke off ──► CLOSED ── 5 s ──► forgotten
 *        ╰─────────────────────── close ──── when all is sent ────────────────────▲
 * </pre>
 *
 * <p>Lives on the event loop that took its first request: everything but {@link #run}, {@link #name} and {@link #isOf}
 * happens there.
 */
final class Session implements Connection, Sessions.Session {
    private static final CloseReason INTERRUPTED = new CloseReason(1002, "Connection interrupted", true, 0);

    /**
     * @param message bytes of the largest message that the client may send
     * @param intake bytes of messages that may wait for the socket, beside those of one request
     * @param backlog what waits for all clients of the node
     * @param rest milliseconds for which no other may begin under the same name
     */
    record Bounds(int message, long intake, Backlog backlog, long rest) {}

    private final ContextInternal context;
    private final Sessions<Session> sessions;
    private final Times times;
    private final String name;
    private final String proof;
    private final long rest;
    private final Intake<byte[]> intake;

    /** What goes to a receiver, or the next one, as one frame. */
    private final Mailbox waiting;

    /** There once the session has begun, unless it was refused. */
    @SuppressWarnings("NullAway.Init")
    private LiveSocket socket;

    private @Nullable Receiver receiver;
    private @Nullable CloseReason closing;
    private @Nullable CloseReason closed;
    private boolean refused;
    private boolean greeted;
    private boolean flushing;

    /** Whether a response has ended and is still on its way: who reads slowly cannot come for the next. */
    private boolean leaving;

    /** When the receiver came or went, or was sent something. */
    private long since = now();

    /** When the receiver came. */
    private long attached;

    /**
     * @param proof what every request of the session must bring
     */
    Session(Context context, Sessions<Session> sessions, Times times, String name, String proof, Bounds bounds) {
        this.context = (ContextInternal) context;
        this.sessions = sessions;
        this.times = times;
        this.name = name;
        this.proof = proof;
        this.rest = bounds.rest();
        this.waiting = new Mailbox(bounds.backlog());
        this.intake = new Intake<>(
                message -> {
                    if (message.length > bounds.message()) {
                        socket.close(CloseReason.TOO_BIG);
                    } else {
                        socket.received(message, false);
                    }
                },
                message -> message.length,
                bounds.intake());
    }

    /** Makes its socket, or is refused; before anything else that happens on its event loop. */
    void begin(Function<Connection, Optional<LiveSocket>> connect) {
        run(() -> connect.apply(this).ifPresent(made -> socket = made));
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    /** Does something in the session's context, at once if this is its event loop. From any thread. */
    void run(Runnable action) {
        context.emit(action, Runnable::run);
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether a request is the owner's. From any thread. */
    boolean isOf(String claimed) {
        return Sessions.same(proof, claimed);
    }

    // ---- requests that receive

    /** A request wants to receive. */
    void attach(Receiver next) {
        if (closed != null) {
            next.finish(SockJsFrames.close(closed));
        } else if (receiver != null) {
            next.finish(SockJsFrames.close(2010, "Another connection still open"));
        } else {
            receiver = next;
            since = now();
            attached = since;
            socket.heard();
            if (!greeted) {
                greeted = true;
                send(SockJsFrames.OPEN);
            }
            flush();
        }
    }

    /** The client broke the request off. */
    void broken(Receiver gone) {
        if (receiver == gone) {
            receiver = null;
            end(INTERRUPTED);
        }
    }

    private void send(String frame) {
        since = now();
        if (receiver != null) {
            leaving = true;
            if (receiver.send(frame, whole -> context.runOnContext(v -> left(whole)))) {
                leaving = false;
            } else {
                receiver = null;
            }
        }
    }

    /** After a frame that was lost nothing may follow: the session ends, as if the client had broken off. */
    private void left(boolean whole) {
        leaving = false;
        since = now();
        if (!whole) {
            end(INTERRUPTED);
        }
    }

    private void finish(String frame) {
        if (receiver != null) {
            since = now();
            receiver.finish(frame);
            receiver = null;
        }
    }

    /** Sends what waits, if somebody receives; several messages go as one frame. */
    void flush() {
        flushing = false;
        if (receiver == null || receiver.isFull()) {
            waiting.stays();
            return;
        }
        if (!waiting.isEmpty()) {
            send(SockJsFrames.join(waiting.take()));
            socket.drained();
        }
        if (closing != null && waiting.isEmpty()) {
            end(closing);
        }
    }

    // ---- requests that send

    /**
     * The client sends.
     *
     * @param answer told once, when the client may send more; false when what it sent was refused
     */
    void accept(List<byte[]> messages, Consumer<Boolean> answer) {
        if (refused) {
            answer.accept(false);
        } else {
            intake.add(messages, answer);
        }
    }

    /** The client sends more than is taken. */
    void refuse() {
        if (!refused) {
            socket.close(CloseReason.TOO_BIG);
        }
    }

    // ---- the connection, for its socket

    @Override
    public Codec codec() {
        return Codec.SOCKJS;
    }

    @Override
    public Transport transport() {
        return Transport.SOCKJS_HTTP;
    }

    @Override
    public boolean writable() {
        return !waiting.isFull();
    }

    @Override
    public void write(Frame frame) {
        if (closed == null) {
            frame.parts().forEach(waiting::add);
            if (!flushing) {
                flushing = true;
                context.runOnContext(v -> flush());
            }
        }
    }

    /** Holds back the answers to what the client sends: it sends one request at a time. */
    @Override
    public boolean pause() {
        if (closing == null && closed == null) {
            intake.pause();
        }
        return true;
    }

    @Override
    public void resume() {
        intake.resume();
    }

    @Override
    public boolean ping() {
        return false;
    }

    /** The request that came first is told; the session is over before any other can find it. */
    @Override
    public void refuse(CloseReason reason) {
        refused = true;
        closed = reason;
        sessions.remove(this);
    }

    @Override
    public void close(CloseReason reason) {
        closing = reason;
        resume();
        if (waiting.isEmpty()) {
            end(reason);
        }
    }

    @Override
    public void abort() {
        if (receiver != null) {
            receiver.abort();
            receiver = null;
        }
        end(INTERRUPTED);
        sessions.end(this, rest);
    }

    private void end(CloseReason reason) {
        if (closed == null) {
            closed = reason;
            since = now();
            waiting.take();
            resume();
            finish(SockJsFrames.close(reason));
            socket.disconnected(reason.equals(INTERRUPTED) ? CloseReason.BROKEN : reason);
        }
    }

    @Override
    public void tick() {
        long now = now();
        if (receiver == null) {
            if (now - since > (leaving ? times.stream() : times.delay())) {
                end(INTERRUPTED);
                sessions.end(this, rest);
            }
        } else if (receiver.isStreaming() && now - attached > times.stream()) {
            finish(SockJsFrames.HEARTBEAT);
        } else if (now - since > times.heartbeat()) {
            send(SockJsFrames.HEARTBEAT);
        }
    }
}
