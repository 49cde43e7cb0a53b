package dev.switchboard.transport.sockjs;

import dev.switchboard.socket.Connection;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.List;
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
final class Session implements Connection, Shareable {
    private static final int HIGH_WATER = 64 * 1024;
    private static final CloseReason INTERRUPTED = new CloseReason(1002, "Connection interrupted", true, 0);

    private final ContextInternal context;
    private final Sessions sessions;
    private final String name;
    private final String proof;
    private final Intake intake;
    private final List<String> waiting = new ArrayList<>();

    /** There once the session has begun. */
    @SuppressWarnings("NullAway.Init")
    private LiveSocket socket;

    private @Nullable Receiver receiver;
    private @Nullable CloseReason closing;
    private @Nullable CloseReason closed;
    private boolean greeted;
    private boolean flushing;
    private int bytes;

    /** When the receiver came or went, or was sent something. */
    private long since = now();

    /** When the receiver came. */
    private long attached;

    /**
     * @param proof what every request of the session must bring
     * @param largest bytes of the largest message that the client may send
     */
    Session(Context context, Sessions sessions, String name, String proof, int largest) {
        this.context = (ContextInternal) context;
        this.sessions = sessions;
        this.name = name;
        this.proof = proof;
        this.intake = new Intake(message -> {
            if (message.length > largest) {
                socket.close(CloseReason.TOO_BIG);
            } else {
                socket.received(message, false);
            }
        });
    }

    /** Makes its socket; before anything else that happens on its event loop. */
    void begin(Function<Connection, LiveSocket> connect) {
        run(() -> socket = connect.apply(this));
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    /** Does something in the session's context, at once if this is its event loop. From any thread. */
    void run(Runnable action) {
        context.emit(action, Runnable::run);
    }

    /** What it is called among the sessions of this node. */
    String name() {
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

    /** After a frame that was lost nothing may follow: the session ends, as if the client had broken off. */
    private void send(String frame) {
        since = now();
        if (receiver != null && !receiver.send(frame, () -> run(() -> end(INTERRUPTED)))) {
            receiver = null;
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
            return;
        }
        if (!waiting.isEmpty()) {
            send(SockJsFrames.join(waiting));
            waiting.clear();
            bytes = 0;
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
        intake.add(messages, answer);
    }

    /** The client sends more than is taken. */
    void refuse() {
        socket.close(CloseReason.TOO_BIG);
    }

    // ---- the connection, for its socket

    @Override
    public Codec codec() {
        return Codec.SOCKJS;
    }

    @Override
    public boolean writable() {
        return bytes < HIGH_WATER;
    }

    @Override
    public void write(Frame frame) {
        if (closed == null) {
            waiting.add(frame.text());
            bytes += frame.size();
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
        sessions.remove(this);
    }

    private void end(CloseReason reason) {
        if (closed == null) {
            closed = reason;
            since = now();
            waiting.clear();
            resume();
            finish(SockJsFrames.close(reason));
            socket.disconnected(reason.equals(INTERRUPTED) ? CloseReason.BROKEN : reason);
        }
    }

    /** Looks after time limits; called every now and then. */
    void tick() {
        Times times = sessions.times();
        long now = now();
        if (receiver == null) {
            if (now - since > times.delay()) {
                end(INTERRUPTED);
                sessions.remove(this);
            }
        } else if (receiver.isStreaming() && now - attached > times.stream()) {
            finish(SockJsFrames.HEARTBEAT);
        } else if (now - since > times.heartbeat()) {
            send(SockJsFrames.HEARTBEAT);
        }
    }
}
