package dev.switchboard.socket;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Member;
import dev.switchboard.bus.Outcome;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.routing.Route;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.Outbound;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace, from its connection to the last handler that works for it.
 *
 * <pre>
 *              admitted              either side ends it
 *   OPENING ─────────────► OPEN ─────────────────────────► CLOSED ──► forgotten, once the connection is gone
 *      │  refused, or too late                                ▲       and no handler is at work
 *      ╰──────────────────────────────────────────────────────╯
 * </pre>
 *
 * <p>Lives on the event loop of its hub: every method is called there.
 */
public final class LiveSocket implements Lane.Owner {
    private enum State {
        OPENING,
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
    private final Lane lane;
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
        this.lane = new Lane(
                this,
                identity.key().hashCode(),
                limits.window(),
                limits.queue(),
                namespace.handlerTimeout().toMillis());
        this.asks = new Asks(limits.asks());
        this.admission = new Admission(this, home, identity, namespace);
        this.reception = new Reception(this, connection, limits, lane, asks);
        this.pulse = new Pulse(connection, limits, since);
    }

    private static long now() {
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
        admission.start(urlToken, namespace.auth());
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
        } else if (message instanceof Inbound.Event event && state == State.OPENING) {
            admission.event(event);
        } else {
            reception.take(message, now());
        }
    }

    /** Its client has been let in. */
    void open() {
        home.opening(this).onComplete(known -> {
            if (known.failed()) {
                close(CloseReason.INTERNAL_ERROR);
            } else if (state == State.OPENING) {
                state = State.OPEN;
                send(new Outbound.Open(identity.open(home.nodeName())));
                lane.offer(Lane.Pending.opened(), now());
                admission.opened();
                known.result().run();
            }
        });
    }

    /** Whether it takes part: what others send reaches its client. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    // ---- to the client

    /** Sends a message that other receivers may share. */
    public void send(Frame frame) {
        if (state != State.CLOSED && !outbox.send(frame)) {
            outbox.clear();
            close(CloseReason.SLOW_CONSUMER);
        }
    }

    /** Sends it if it can leave at once; else its client goes without. */
    public void offer(Frame frame) {
        if (state != State.CLOSED) {
            outbox.offer(frame);
        }
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

    @Override
    public Route route(String event) {
        return home.route(namespace.name(), event);
    }

    @Override
    public void dispatch(Announcement to, Lane.Pending event, long seq) {
        home.dispatch(to, identity.message(event, seq));
    }

    @Override
    public void answer(Lane.Pending event, Outcome outcome) {
        Failure failure = outcome.failure();
        if (failure != null) {
            fail(event.event(), event.id(), failure);
        } else if (event.id() != 0) {
            send(new Outbound.Ack(event.id(), outcome.data()));
        }
    }

    /** A handler instance is done with events. */
    public void settled(HubMessage.Settled done) {
        lane.settled(done, now());
        reception.push();
        leaveIfOver();
    }

    /** The handlers are other ones now. */
    public void rerouted() {
        lane.pump(now());
        reception.push();
        leaveIfOver();
    }

    /** A node is lost, and the handlers that ran there. */
    public void lost(String node) {
        lane.lost(node, now());
        reception.push();
        leaveIfOver();
    }

    // ---- the end

    /** Ends the socket from this side: the client is told why, what waits is not handled any more. */
    public void close(CloseReason reason) {
        if (state != State.CLOSED) {
            Frame farewell = connection.codec().encode(new Outbound.Close(reason));
            lane.drop();
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
        state = State.CLOSED;
        since = now();
        if (before != State.CLOSED) {
            home.closed(this);
        }
        if (before == State.OPEN) {
            asks.end();
            lane.offer(Lane.Pending.closed(reason), since);
        }
    }

    private void leaveIfOver() {
        if (disconnected && lane.isIdle()) {
            home.gone(this);
        }
    }

    /** Looks after time limits; called every now and then by the hub. */
    public void tick() {
        long now = now();
        lane.expire(now);
        asks.expire(now);
        reception.push();
        switch (state) {
            case OPENING -> {
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
