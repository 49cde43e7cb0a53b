package dev.switchboard.socket;

import dev.switchboard.bus.Delivery;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Member;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Volley;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.limit.Pace;
import dev.switchboard.limit.Place;
import dev.switchboard.metrics.Depths;
import dev.switchboard.resume.Former;
import dev.switchboard.resume.Life;
import dev.switchboard.resume.Lives;
import dev.switchboard.token.PageToken;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.Inbound;
import dev.switchboard.wire.Outbound;
import dev.switchboard.wire.SessionId;
import io.vertx.core.json.JsonObject;
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
public final class LiveSocket implements Life.Owner, Crowd.Member {
    private enum State {
        OPENING,
        ENTERING,
        OPEN,
        CLOSED
    }

    private final SocketHome home;
    private final NamespaceConfig namespace;
    private final Connection connection;
    private final Place place;
    private final Identity identity;
    private final Resumption resumption = new Resumption();
    private final Outgoing outgoing;
    private final Work work;
    private final Asks asks;
    private final Admission admission;
    private final Brake brake;
    private final Reception reception;
    private final Timeouts timeouts;
    private final Tap tap = new Tap();
    private final Set<String> rooms = new LinkedHashSet<>(0);

    private State state = State.OPENING;
    private boolean disconnected;
    private boolean dropping;
    private boolean ending;
    private @Nullable CloseReason finishing;

    /** @param place what it has on this node; whoever gave it takes it back when the socket is gone */
    public LiveSocket(
            SocketHome home,
            NamespaceConfig namespace,
            Limits limits,
            Connection connection,
            Handshake handshake,
            Place place) {
        this.home = home;
        this.namespace = namespace;
        this.connection = connection;
        this.place = place;
        this.identity = new Identity(home.nextId(), namespace, handshake);
        this.work = new Work(this, home, identity, namespace, limits);
        this.asks = new Asks(limits.asks());
        Outbox outbox = new Outbox(connection, limits, namespace.overflows(), home.crowd(), home.meters());
        this.outgoing = new Outgoing(this, connection.codec(), outbox, asks, tap, home.meters());
        this.admission = new Admission(this, home, identity, work.chain(), namespace, limits);
        Optional<Pace> pace = home.pace(namespace.declared(), handshake.address());
        this.brake = new Brake(this, limits, home.meters(), home.clock(), pace.orElse(null));
        this.reception = new Reception(this, connection, limits, work, asks, home.meters());
        this.timeouts = new Timeouts(identity, home.clock(), limits, connection, now());
    }

    /** Milliseconds since some moment. */
    long now() {
        return home.clock().nanos() / 1_000_000;
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

    /** What its namespace is like. */
    public NamespaceConfig config() {
        return namespace;
    }

    public User user() {
        return identity.user();
    }

    public Member member() {
        return new Member(identity.id(), identity.user());
    }

    /** What it has on this node. */
    public Place place() {
        return place;
    }

    /** Where one may listen to what passes. */
    public Tap tap() {
        return tap;
    }

    /** The dialect that its client speaks. */
    Codec codec() {
        return connection.codec();
    }

    /** The socket that its client had before, if its connection says so. */
    @Nullable
    Former former() {
        return connection.former();
    }

    /** The rooms it is in; changed by the hub only. */
    public Set<String> rooms() {
        return rooms;
    }

    /** The token that it came in with, or the last that refreshed it. */
    public Optional<PageToken> token() {
        return identity.token();
    }

    /** Whether its token is one of those that were revoked. */
    public boolean isCoveredBy(Revocation revocation) {
        return identity.token().map(revocation::covers).orElse(false);
    }

    /** The HTTP session that it belongs to. */
    public Optional<SessionId> session() {
        return identity.session();
    }

    /** Sets an attribute, or removes it (null). */
    public void attribute(String name, @Nullable Object value) {
        identity.attribute(name, value);
        if (state != State.CLOSED) {
            resumption.save();
        }
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

    /** The same with one that the transport has decoded, since it took several of its own. */
    public void received(Inbound message) {
        heard();
        take(message);
    }

    /** The peer gave a sign of life. */
    public void heard() {
        timeouts.heard(now());
    }

    void take(Inbound message) {
        if (state == State.CLOSED) {
            return;
        }
        tap.in(message);
        if (state == State.OPEN) {
            resumption.heard();
        }
        if (message instanceof Inbound.Auth auth) {
            if (brake.lets(auth)) {
                admission.auth(auth);
            }
        } else if (message instanceof Inbound.Event event && state != State.OPEN) {
            admission.event(event);
        } else if (!(message instanceof Inbound.Event event)) {
            reception.take(message, now());
        } else if (brake.lets(event)) {
            if (resumption.life() == null) {
                reception.take(event, now());
            } else {
                resumption.take(event, () -> begin(event), this::send, () -> finish(CloseReason.NORMAL));
            }
        }
    }

    /** It is the first time that the client sends it. */
    private void begin(Inbound.Event event) {
        if (dropping) {
            dropped(event.id());
        } else {
            reception.take(event, now());
            proceed();
        }
    }

    // ---- what outlives the connection

    /** Null where the namespace keeps nothing. */
    public @Nullable Life life() {
        return resumption.life();
    }

    /** What its client missed, if it is back. */
    public Lives.@Nullable Beginning beginning() {
        return resumption.beginning();
    }

    /** It has begun, or begun again. */
    void live(Lives.Beginning begun) {
        resumption.begin(begun, this);
        identity.be(begun.life().id());
        if (begun.life().isResumed()) {
            identity.restore(begun.life().before());
        }
    }

    @Override
    public JsonObject describe() {
        return identity.describe();
    }

    @Override
    public String userId() {
        return identity.user().id();
    }

    @Override
    public void superseded() {
        close(CloseReason.RESUMED_ELSEWHERE);
    }

    /** What is sent to its client before all that is emitted from now on. */
    public void missed(List<Delivery> events) {
        outgoing.missed(events);
    }

    /** Its client did not come back in time: who handles its end is told. It never was on this node's connections. */
    public void depart(Lives.Beginning begun, CloseReason reason) {
        live(begun);
        identity.restoreAll(begun.life().before());
        state = State.CLOSED;
        disconnected = true;
        work.ended(List.copyOf(begun.life().rooms()), reason);
        leaveIfOver();
    }

    /** It is known who its client is; now middleware decides. */
    void entering() {
        state = State.ENTERING;
        home.entering(this);
    }

    /**
     * A middleware does not let its client in, or said nothing, which is no decision: then the client may come again.
     * What others had for it until then it may still read.
     */
    void refuse(Failure failure) {
        boolean decided = !failure.retry() && !failure.code().equals(ErrorCode.HANDLER_TIMEOUT.name());
        CloseReason reason = decided ? CloseReason.REFUSED.because(failure.message()) : CloseReason.INTERNAL_ERROR;
        greetIfHolding();
        if (outgoing.isGreeted()) {
            send(new Outbound.Failed(failure, ""));
            close(reason);
        } else {
            close(reason, new Outbound.Refused(reason, failure));
        }
    }

    boolean isEntering() {
        return state == State.ENTERING;
    }

    /** Its client has been let in, and every node can find it. */
    void opened() {
        state = State.OPEN;
        home.meters().namespace(namespace).opened(connection.transport());
        greet();
        work.opened(resumption.opening());
    }

    /**
     * What was held for a client that is not in it may still read. But not one that is coming back: to have that, and not
     * what it missed before, would be a gap that nobody tells it of.
     */
    private void greetIfHolding() {
        if (outgoing.isHolding() && resumption.isResumed()) {
            outgoing.clear();
        } else if (outgoing.isHolding()) {
            greet();
        }
    }

    /** Tells the client that it is in, and what was held for it until now. */
    private void greet() {
        JsonObject open = identity.open(home.nodeName());
        resumption.greet(open);
        connection.opened(resumption.isResumed());
        outgoing.greet(open);
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
    public void deliver(Delivery event) {
        outgoing.deliver(event);
    }

    /** The same for several, which leave in one piece if they can leave at once. */
    public void deliver(Volley volley) {
        outgoing.deliver(volley);
    }

    /** Sends it if it can leave at once; else its client goes without. */
    public void offer(Delivery event) {
        outgoing.offer(event);
    }

    void send(Outbound message) {
        outgoing.send(message);
    }

    /** Something that the client sent has failed. */
    void fail(String event, long id, Failure failure) {
        home.meters().error(failure.code());
        resumption.answered(id, Outcome.failed(failure));
        send(id == 0 ? new Outbound.Failed(failure, event) : new Outbound.AckFailure(id, failure));
    }

    /** An event that the client wants to hear of was handled. */
    void acknowledge(long id, Outcome outcome) {
        resumption.answered(id, outcome);
        send(new Outbound.Ack(id, outcome.data()));
    }

    /** An event that the client wants to hear of will not be handled. */
    void dropped(long id) {
        resumption.dropped(id);
    }

    /** Asks the client; {@code answer} is called once, on this event loop. */
    public void ask(HubMessage.Ask question, Consumer<Outcome> answer) {
        ask(new Delivery(question.event(), question.data(), nextAsk()), question.limitMillis(), answer);
    }

    /** The least number of the next question to the client. */
    public long nextAsk() {
        return outgoing.nextAsk();
    }

    /** The same with a question that other receivers may share; its id is {@link #nextAsk}, or more. */
    public void ask(Delivery question, long limitMillis, Consumer<Outcome> answer) {
        outgoing.ask(question, limitMillis, answer);
        reception.push();
    }

    @Override
    public long waiting() {
        return outgoing.waiting();
    }

    @Override
    public void giveWay() {
        outgoing.giveWay();
    }

    /** The connection takes messages again. */
    public void drained() {
        outgoing.drain();
    }

    // ---- handlers

    /** A handler instance is done with events. */
    public void settled(HubMessage.Settled done) {
        work.settled(done);
        proceed();
    }

    /** The handlers are other ones now. */
    public void rerouted() {
        work.rerouted();
        proceed();
    }

    /** A node is lost, and the handlers that ran there. */
    public void lost(String node) {
        work.lost(node);
        proceed();
    }

    /** Whether nothing that its client sent waits, or is at work. */
    public boolean isQuiet() {
        return work.isQuiet() && resumption.isQuiet();
    }

    private void proceed() {
        reception.push();
        if (finishing != null && isQuiet()) {
            close(finishing);
        }
        leaveIfOver();
    }

    // ---- the end

    /**
     * Nothing more can be read from the connection. What came before is handled first, and what is sent meanwhile
     * reaches the client, unless that takes too long; then the socket ends as by {@link #close}.
     */
    public void finish(CloseReason reason) {
        if (state != State.OPEN || isQuiet()) {
            close(reason);
        } else if (finishing == null) {
            finishing = reason;
            timeouts.begin(now());
        }
    }

    /** Ends the socket from this side: the client is told why, what waits is not handled any more. */
    public void close(CloseReason reason) {
        if (state != State.CLOSED) {
            greetIfHolding();
        }
        close(reason, outgoing.isGreeted() ? new Outbound.Close(reason) : new Outbound.Refused(reason, null));
    }

    private void close(CloseReason reason, Outbound last) {
        if (state != State.CLOSED) {
            home.meters().closed(reason);
            dropping = true;
            work.drop();
            end(reason, reason.isResumable());
            outgoing.close(last, reason);
        }
    }

    /** The client leaves for good, and the connection carries nothing any more. What came before is still handled. */
    public void left() {
        if (life() == null || state != State.OPEN) {
            disconnected(CloseReason.NORMAL);
        } else {
            resumption.bidFarewell(() -> disconnected(CloseReason.NORMAL, false));
        }
    }

    /** The connection is gone. What came before is still handled. */
    public void disconnected(CloseReason reason) {
        // However a connection ends, it is no good-bye: libraries say 1000 when they give up, too.
        disconnected(reason, true);
    }

    private void disconnected(CloseReason reason, boolean comesBack) {
        if (!disconnected) {
            disconnected = true;
            end(reason, comesBack);
            outgoing.clear();
            leaveIfOver();
        }
    }

    /** @param comesBack whether its client may come back as this socket */
    private void end(CloseReason reason, boolean comesBack) {
        State before = state;
        List<String> left = List.copyOf(rooms);
        state = State.CLOSED;
        timeouts.begin(now());
        if (before != State.CLOSED) {
            home.closed(this);
        }
        if (before == State.OPEN) {
            home.meters().namespace(namespace).ended(connection.transport());
            asks.end();
            ended(left, reason, comesBack);
        } else if (before != State.CLOSED) {
            resumption.leaveEarly(comesBack);
        }
        admission.end(reason);
    }

    /** Handlers hear of it now; or later, and from whoever is there, if the client may come back. */
    private void ended(List<String> left, CloseReason reason, boolean comesBack) {
        if (life() == null) {
            work.ended(left, reason);
        } else if (comesBack) {
            resumption.leave();
        } else {
            ending = true;
            resumption.end().onComplete(mine -> {
                ending = false;
                if (mine.result()) {
                    work.ended(left, reason);
                }
                leaveIfOver();
            });
        }
    }

    private void leaveIfOver() {
        if (disconnected && !ending && work.isIdle() && resumption.isQuiet()) {
            home.gone(this);
        }
    }

    /**
     * Looks after time limits; called every now and then by the hub.
     *
     * @param now as of {@link #now}
     * @param depths told how much waits
     */
    public void tick(long now, Depths depths) {
        work.expire(now);
        asks.expire(now);
        reception.push();
        switch (state) {
            case OPENING, ENTERING -> {
                if (timeouts.isTokenExpired()) {
                    close(CloseReason.TOKEN_EXPIRED);
                } else if (timeouts.isLate(now)) {
                    close(CloseReason.HANDSHAKE_TIMEOUT);
                }
            }
            case OPEN -> tickOpen(now);
            case CLOSED -> {
                if (!disconnected && timeouts.isOverdue(now)) {
                    connection.abort();
                }
                leaveIfOver();
            }
        }
        depths.see(outgoing.messages(), work.gate().messages());
    }

    private void tickOpen(long now) {
        if (finishing != null) {
            if (timeouts.isOverdue(now)) {
                close(finishing);
            }
        } else if (timeouts.isTokenExpired()) {
            close(CloseReason.TOKEN_EXPIRED);
        } else if (!reception.isPaused() && !timeouts.beats(now)) {
            home.meters().closed(CloseReason.BROKEN);
            disconnected(CloseReason.BROKEN);
            connection.abort();
        }
    }
}
