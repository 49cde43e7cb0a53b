package dev.switchboard.socket;

import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Member;
import dev.switchboard.bus.Outcome;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.Outbound;
import dev.switchboard.wire.SessionId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace, from its connection to the last handler that works for it.
 *
 * <pre>
 *      token           middleware lets it in      either side ends it
 *   OPENING ──► ENTERING ─────────────► OPEN ─────────────────────► CLOSED ──► forgotten, once the connection is gone
 *      │           │  refused, or too late                             ▲       and no handler is at work
 *      ╰───────────┴───────────────────────────────────────────────────╯
 * </pre>
 *
 * <p>Lives on the event loop of its hub: every method is called there.
 */
public final class LiveSocket {
    private enum State {
        OPENING,
        ENTERING,
        OPEN,
        CLOSED
    }

    /** How long a closed connection may take to end by itself. */
    private static final long CLOSING_MILLIS = 5_000;

    private final SocketHome home;
    private final NamespaceConfig namespace;
    private final Limits limits;
    private final Connection connection;
    private final Identity identity;
    private final Outbox outbox;
    private final Work work;
    private final Asks asks;
    private final Admission admission;
    private final Reception reception;
    private final Pulse pulse;
    private final Set<String> rooms = new LinkedHashSet<>(0);

    private State state = State.OPENING;
    private long since = now();
    private boolean disconnected;

    public LiveSocket(
            SocketHome home, NamespaceConfig namespace, Limits limits, Connection connection, Handshake handshake) {
        this.home = home;
        this.namespace = namespace;
        this.limits = limits;
        this.connection = connection;
        this.identity = new Identity(home.nextId(), namespace, handshake);
        this.outbox = new Outbox(connection, limits.outbox(), limits.outboxMessages());
        this.work = new Work(this, home, identity, namespace, limits);
        this.asks = new Asks(limits.asks());
        this.admission = new Admission(this, home, identity, work.chain(), namespace);
        this.reception = new Reception(this, connection, limits, work, asks);
        this.pulse = new Pulse(connection, limits, since);
    }

    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    // ---- who it is

    public String id() {
        return identity.id();
    }

    /** By which its hub finds it, from its connection on; nobody else is told it if the application gives the socket another id. */
    public String key() {
        return identity.key();
    }

    /** Whether the application gave it its id. */
    public boolean hasGivenId() {
        return !identity.id().equals(identity.key());
    }

    public String namespace() {
        return namespace.name();
    }

    public User user() {
        return identity.user();
    }

    public Member member() {
        return new Member(identity.id(), identity.user());
    }

    /** The dialect that its client speaks. */
    public Codec codec() {
        return connection.codec();
    }

    /** The rooms it is in; changed by the hub only. */
    public Set<String> rooms() {
        return rooms;
    }

    /** Whether it came in with a token of this log-in. */
    public boolean isOf(String family) {
        return identity.isOf(family);
    }

    /** The HTTP session that it belongs to. */
    public Optional<SessionId> session() {
        return identity.session();
    }

    /** Sets an attribute, or removes it (null). */
    public void attribute(String name, @Nullable Object value) {
        identity.attribute(name, value);
    }

    // ---- from the client

    /**
     * The connection is there.
     *
     * @param urlToken the token that the URL brought, or null
     */
    public void start(@Nullable String urlToken) {
        admission.start(urlToken);
    }

    /**
     * A message came.
     *
     * @param message valid UTF-8 unless {@code binary}; the transport does not change it afterwards
     */
    public void received(byte[] message, boolean binary) {
        heard();
        if (state != State.CLOSED) {
            take(connection.codec().decode(message, binary));
        }
    }

    /** The peer gave a sign of life. */
    public void heard() {
        pulse.heard(now());
    }

    void take(Inbound message) {
        if (state == State.CLOSED) {
            return;
        }
        if (message instanceof Inbound.Auth auth) {
            admission.auth(auth);
        } else if (message instanceof Inbound.Event event && state != State.OPEN) {
            admission.event(event);
        } else {
            reception.take(message, now());
        }
    }

    /** It is known who its client is; now middleware decides. */
    void entering() {
        state = State.ENTERING;
        home.entering(this);
    }

    /** A middleware does not let its client in. What others had for it until then it may still read. */
    void refuse(Failure failure) {
        if (outbox.isHolding()) {
            greet();
        }
        send(new Outbound.Failed(failure, ""));
        close(failure.retry() ? CloseReason.INTERNAL_ERROR : CloseReason.REFUSED.because(failure.message()));
    }

    boolean isEntering() {
        return state == State.ENTERING;
    }

    /** Its client has been let in, and every node can find it. */
    void opened() {
        state = State.OPEN;
        greet();
        work.opened();
    }

    /** Tells the client that it is in, and what was held for it until now. */
    private void greet() {
        outbox.release(connection.codec().encode(new Outbound.Open(identity.open(home.nodeName()))));
    }

    /** Whether it takes part: others see it. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether it can be acted on: it is open, or a middleware has it. */
    public boolean isReachable() {
        return state == State.OPEN || state == State.ENTERING;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    // ---- to the client

    /** Sends an event that other receivers may share. Before the socket is open it waits for that. */
    public void deliver(Frame frame) {
        if (state == State.OPEN) {
            send(frame);
        } else if (state == State.ENTERING && !outbox.hold(frame)) {
            overflow();
        }
    }

    /** Sends it if it can leave at once; else its client goes without. */
    public void offer(Frame frame) {
        if (state == State.OPEN) {
            outbox.offer(frame);
        }
    }

    private void send(Frame frame) {
        if (state != State.CLOSED && !outbox.send(frame)) {
            overflow();
        }
    }

    private void overflow() {
        outbox.clear();
        close(CloseReason.SLOW_CONSUMER);
    }

    void send(Outbound message) {
        Frame frame = connection.codec().encode(message);
        if (frame != null) {
            send(frame);
        }
    }

    void fail(String event, long id, Failure failure) {
        send(id == 0 ? new Outbound.Failed(failure, event) : new Outbound.AckFailure(id, failure));
    }

    /** Asks the client; {@code answer} is called once, on this event loop. */
    public void ask(HubMessage.Ask question, Consumer<Outcome> answer) {
        ask(new Delivery(question.event(), question.data(), nextAsk()), question.limitMillis(), answer);
    }

    /** The least number of the next question to the client. */
    public long nextAsk() {
        return asks.next();
    }

    /** The same with a question that other receivers may share; its id is {@link #nextAsk}, or more. */
    public void ask(Delivery question, long limitMillis, Consumer<Outcome> answer) {
        Frame frame = question.frame(connection.codec());
        if (state != State.OPEN) {
            answer.accept(Outcome.failed(ErrorCode.NO_SOCKET));
        } else if (!connection.codec().hasAcks() || frame == null) {
            answer.accept(Outcome.failed(ErrorCode.REFUSED.failure("A client of the text dialect cannot be asked")));
        } else if (asks.isFull()) {
            answer.accept(Outcome.failed(ErrorCode.TOO_MANY_PENDING));
        } else {
            asks.start(question.id(), now() + limitMillis, answer);
            send(frame);
            reception.push();
        }
    }

    /** The connection takes messages again. */
    public void drained() {
        outbox.drain();
    }

    // ---- handlers

    /** A handler instance is done with events. */
    public void settled(HubMessage.Settled done) {
        work.settled(done);
        reception.push();
        leaveIfOver();
    }

    /** The handlers are other ones now. */
    public void rerouted() {
        work.rerouted();
        reception.push();
        leaveIfOver();
    }

    /** A node is lost, and the handlers that ran there. */
    public void lost(String node) {
        work.lost(node);
        reception.push();
        leaveIfOver();
    }

    // ---- the end

    /** Ends the socket from this side: the client is told why, what waits is not handled any more. */
    public void close(CloseReason reason) {
        if (state != State.CLOSED) {
            if (outbox.isHolding()) {
                greet();
            }
            Frame farewell = connection.codec().encode(new Outbound.Close(reason));
            work.drop();
            end(reason);
            outbox.close(farewell, reason);
        }
    }

    /** The connection is gone. What came before is still handled. */
    public void disconnected(CloseReason reason) {
        if (!disconnected) {
            disconnected = true;
            end(reason);
            outbox.clear();
            leaveIfOver();
        }
    }

    private void end(CloseReason reason) {
        State before = state;
        List<String> left = List.copyOf(rooms);
        state = State.CLOSED;
        since = now();
        if (before != State.CLOSED) {
            home.closed(this);
        }
        if (before == State.OPEN) {
            asks.end();
            work.ended(left, reason);
        }
        admission.end(reason);
    }

    private void leaveIfOver() {
        if (disconnected && work.isIdle()) {
            home.gone(this);
        }
    }

    /** Looks after time limits; called every now and then by the hub. */
    public void tick() {
        long now = now();
        work.expire(now);
        asks.expire(now);
        reception.push();
        switch (state) {
            case OPENING, ENTERING -> {
                if (now - since > limits.handshake().toMillis()) {
                    close(CloseReason.HANDSHAKE_TIMEOUT);
                }
            }
            case OPEN -> tickOpen(now);
            case CLOSED -> {
                if (!disconnected && now - since > CLOSING_MILLIS) {
                    connection.abort();
                }
                leaveIfOver();
            }
        }
    }

    private void tickOpen(long now) {
        if (identity.isExpired()) {
            close(CloseReason.TOKEN_EXPIRED);
        } else if (!reception.isPaused() && !pulse.beats(now)) {
            disconnected(CloseReason.BROKEN);
            connection.abort();
        }
    }
}
