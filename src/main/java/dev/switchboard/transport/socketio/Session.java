package dev.switchboard.transport.socketio;

import dev.switchboard.limit.Backlog;
import dev.switchboard.transport.polling.Sessions;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Frame;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client of Engine.IO (protocol, "Transports" and "Upgrade").
 *
 * <pre>
 *   POLLING ──── a WebSocket is tried ────► PROBING ──── the client says so ────► WEBSOCKET
 *      │  ▲────────── it does not carry ──────╯ │                                    │
 *      ╰────────────────────────────────────────┴──── either side ends it, or ───────┴──► CLOSED
 *                                                      the other does not answer
 * </pre>
 *
 * What is said while the client polls waits for its next request; with the upgrade it goes to the WebSocket, before all that
 * follows: a {@link Carrier} sees to that. What the client says {@link Packets} take. Lives on the event loop that took its first request: everything but {@link #run} and {@link #name} happens there.
 */
final class Session implements Sessions.Session {
    private static final Frame NOOP = EnginePacket.frame(PacketType.NOOP, "");
    private static final Frame CLOSE = EnginePacket.frame(PacketType.CLOSE, "");

    /**
     * @param message bytes of the largest packet, and of the largest request
     * @param intake bytes of packets that may wait for the sockets, beside those of one request
     * @param backlog what waits for all clients of the node
     */
    record Bounds(int message, long intake, Backlog backlog) {}

    private final ContextInternal context;
    private final Sessions<Session> sessions;
    private final String id;
    private final Revision revision;
    private final Times times;
    private final Bounds bounds;
    private final Namespaces namespaces;
    private final Packets packets;
    private final Carrier carrier;

    private @Nullable CloseReason closing;
    private @Nullable CloseReason closed;

    /** When it was last in a namespace, or began to close. */
    private long since = now();

    /** @param namespaces makes those that the session is in */
    Session(
            Context context,
            Sessions<Session> sessions,
            String id,
            Revision revision,
            Times times,
            Bounds bounds,
            Function<Session, Namespaces> namespaces) {
        this.context = (ContextInternal) context;
        this.sessions = sessions;
        this.id = id;
        this.revision = revision;
        this.times = times;
        this.bounds = bounds;
        this.carrier = new Carrier(this, revision, bounds.backlog());
        this.namespaces = namespaces.apply(this);
        Heartbeat heartbeat = new Heartbeat(revision.clientPings(), times, now());
        this.packets = new Packets(this, this.namespaces, heartbeat, bounds.intake());
    }

    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    /** Does something in the session's context, at once if this is its event loop. From any thread. */
    void run(Runnable action) {
        context.emit(action, Runnable::run);
    }

    /** Does something in so many milliseconds, unless it has ended. */
    void in(long millis, Runnable action) {
        context.owner()
                .setTimer(
                        millis,
                        t -> run(() -> {
                            if (closed == null) {
                                action.run();
                            }
                        }));
    }

    /** Does something at the end of this turn of the event loop. */
    void later(Runnable action) {
        context.runOnContext(v -> action.run());
    }

    /** Its id, which is its client's secret. From any thread. */
    @Override
    public String name() {
        return id;
    }

    /** Which its client speaks. From any thread. */
    Revision revision() {
        return revision;
    }

    /** By which packets come and go. */
    Carrier carrier() {
        return carrier;
    }

    // ---- how it begins

    /** Answers the request that comes first. */
    void begin(Poll first) {
        first.answer(List.of(handshake("websocket")), this::sent);
        namespaces.begin();
    }

    /** Begins on a WebSocket. */
    void begin(Line first) {
        carrier.begin(first);
        first.write(handshake());
        namespaces.begin();
    }

    /** Protocol, "Handshake". */
    private Frame handshake(String... upgrades) {
        JsonObject data = new JsonObject()
                .put("sid", id)
                .put("upgrades", List.of(upgrades))
                .put("pingInterval", times.pingInterval())
                .put("pingTimeout", times.pingTimeout())
                .put("maxPayload", bounds.message());
        return EnginePacket.frame(PacketType.OPEN, data.encode());
    }

    // ---- requests

    /** A request wants to receive. */
    void receive(Poll next) {
        if (closed != null) {
            next.refuse(Fault.UNKNOWN_SESSION);
        } else if (carrier.isWebSocket()) {
            next.refuse(Fault.BAD_REQUEST);
        } else if (!carrier.receive(next)) {
            next.refuse(Fault.BAD_REQUEST);
            violated(CloseReason.PROTOCOL_ERROR);
        }
    }

    /** The client broke a request off. */
    void broken(Poll gone) {
        if (carrier.broken(gone)) {
            end(CloseReason.BROKEN, CLOSE);
        }
    }

    /**
     * A request brings packets.
     *
     * @param answer told once, when the client may send more: null, or why they were refused
     */
    void accept(List<EnginePacket> all, Consumer<@Nullable Fault> answer) {
        if (closed != null) {
            answer.accept(Fault.UNKNOWN_SESSION);
        } else if (carrier.isWebSocket()) {
            answer.accept(Fault.BAD_REQUEST);
        } else {
            packets.add(all, taken -> answer.accept(taken && !isBroken() ? null : Fault.BAD_REQUEST));
        }
    }

    /** Whether it has ended, and not because its client wanted it. */
    private boolean isBroken() {
        return closed != null && !closed.equals(CloseReason.NORMAL);
    }

    // ---- for its namespaces

    boolean writable() {
        return carrier.writable();
    }

    void write(Frame frame) {
        if (closed == null) {
            carrier.write(frame);
        }
    }

    void pause() {
        packets.pause();
        carrier.pause();
    }

    void resume() {
        carrier.resume();
        packets.resume();
    }

    // ---- for what carries it

    /** More can be written again. */
    void drained() {
        namespaces.drained();
    }

    /** A WebSocket brings a packet. */
    void take(EnginePacket packet) {
        packets.add(packet);
    }

    boolean isPaused() {
        return packets.isPaused();
    }

    /** After packets that were lost nothing may follow. */
    void sent(boolean whole) {
        if (!whole) {
            later(() -> end(CloseReason.BROKEN, CLOSE));
        }
    }

    /** Nothing waits for the client, who waits for something. That it is over is told alone: clients forget what came along. */
    void awaited() {
        if (closing != null) {
            end(closing, CLOSE);
        }
    }

    // ---- the end

    boolean isEnding() {
        return closed != null || closing != null;
    }

    /** Ends it after all that was said; its client comes back by itself. */
    void close(CloseReason reason) {
        if (isEnding()) {
            return;
        }
        closing = reason;
        since = now();
        namespaces.end(reason);
        if (carrier.isEmpty()) {
            end(reason, CLOSE);
        } else {
            carrier.flush();
        }
    }

    /** The client says that it is over. */
    void left() {
        end(CloseReason.NORMAL, NOOP);
    }

    /** The client breaks the rules, or is not there any more. */
    void violated(CloseReason reason) {
        end(reason, CLOSE);
    }

    void abort() {
        carrier.abort();
        end(CloseReason.BROKEN, CLOSE);
    }

    /** @param last what a request that waits is answered */
    private void end(CloseReason reason, Frame last) {
        if (closed != null) {
            return;
        }
        closed = reason;
        sessions.remove(this);
        carrier.end(reason, last);
        namespaces.end(reason);
        packets.end();
    }

    @Override
    public void tick() {
        long now = now();
        if (closing != null) {
            if (now - since > times.closing()) {
                end(closing, CLOSE);
            }
            return;
        }
        carrier.tick(now, times.upgrade());
        if (!namespaces.isEmpty()) {
            since = now;
        } else if (now - since > times.connect()) {
            end(CloseReason.HANDSHAKE_TIMEOUT, CLOSE);
            return;
        }
        packets.tick(now);
    }
}
