package dev.switchboard.hub;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Attendance;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.HandlerDirectory;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.Inspection;
import dev.switchboard.bus.LocalHandlers;
import dev.switchboard.bus.LocalHubs;
import dev.switchboard.bus.LogFields;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Peers;
import dev.switchboard.bus.SocketIds;
import dev.switchboard.bus.SocketView;
import dev.switchboard.bus.Target;
import dev.switchboard.config.FollowConfig;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.limit.Backlog;
import dev.switchboard.limit.Bounds;
import dev.switchboard.limit.NoPlaceException;
import dev.switchboard.limit.Pace;
import dev.switchboard.limit.Place;
import dev.switchboard.metrics.Depths;
import dev.switchboard.metrics.Meters;
import dev.switchboard.metrics.NamespaceMeters;
import dev.switchboard.metrics.ResumeOutcome;
import dev.switchboard.resume.Former;
import dev.switchboard.resume.Life;
import dev.switchboard.resume.Lives;
import dev.switchboard.routing.Route;
import dev.switchboard.routing.Routes;
import dev.switchboard.socket.Connection;
import dev.switchboard.socket.Crowd;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.socket.SocketHome;
import dev.switchboard.socket.Tap;
import dev.switchboard.time.NodeClock;
import dev.switchboard.token.PageToken;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.Revocation;
import dev.switchboard.tracing.Tracing;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one event loop, and what they need around them. Transports bring connections in by {@link #connect};
 * handlers reach the sockets over the bus, through {@code HubDesk}.
 *
 * <p>Every method is called on the event loop on which the hub was started.
 */
public final class Hub implements SocketHome {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final long TICK_MILLIS = 250;
    private static final int NODE_NAME = 8;

    /** What nodes are asked for where their clients find them. */
    public static final String ADDRESS_OF_NODE = "$address";

    private final Vertx vertx;
    private final Map<String, NamespaceConfig> configs;
    private final NodeClock clock;
    private final Limits limits;
    private final PageTokens tokens;
    private final Meters meters;
    private final Depths depths;
    private final Bounds bounds;
    private final SocketIds ids = new SocketIds();
    private final LocalHubs here;
    private final Hubs hubs;
    private final Inspection inspection;
    private final Tracing tracing;
    private final Peers peers;
    private final Dispatcher dispatcher;
    private final HandlerDirectory directory;
    private final GivenIds givenIds;
    private final Routes routes;
    private final Map<String, NamespaceSockets> namespaces = new HashMap<>();
    private final PassingNamespaces passing;

    /** What a namespace has that this node does not. */
    private final NamespaceSockets nobody;

    /** From the connection on, until nothing works for the socket any more. */
    private final Map<String, LiveSocket> sockets = new HashMap<>();

    private final Crowd crowd;
    private final Resumables resumables;
    private final Followings followings = new Followings();
    private final Shutdown shutdown;

    private @Nullable MessageConsumer<Object> consumer;
    private long timer;
    /** @param bounds shared by all hubs of the node */
    public Hub(
            Vertx vertx,
            Map<String, NamespaceConfig> namespaces,
            Limits limits,
            PageTokens tokens,
            Meters meters,
            Bounds bounds) {
        this.vertx = vertx;
        this.clock = NodeClock.of(vertx);
        this.configs = Map.copyOf(namespaces);
        this.limits = limits;
        this.tokens = tokens;
        this.meters = meters;
        this.depths = meters.depths();
        this.bounds = bounds;
        this.here = new LocalHubs(vertx);
        this.hubs = new Hubs(vertx);
        this.inspection = Inspection.of(vertx);
        this.tracing = Tracing.of(vertx);
        this.peers = Peers.of(vertx);
        this.crowd = new Crowd(bounds.backlog(), sockets.values());
        this.resumables = new Resumables(vertx, peers);
        this.shutdown = new Shutdown(vertx, peers, sockets);
        this.dispatcher = new Dispatcher(vertx.getOrCreateContext(), new LocalHandlers(vertx), peers);
        this.directory = new HandlerDirectory(vertx);
        this.givenIds = new GivenIds(vertx, ids.hub(), limits.handshake());
        this.routes = new Routes(peers.self(), namespaces, meters);
        Attendance attendance = new Attendance(vertx);
        this.nobody =
                new NamespaceSockets("", NamespaceConfig.Presence.NONE, peers, attendance, NamespaceMeters.none());
        namespaces.values().forEach(config -> this.namespaces.put(config.name(), sockets(config, attendance)));
        this.passing = new PassingNamespaces(this.namespaces, config -> sockets(config, attendance), bounds);
    }

    private NamespaceSockets sockets(NamespaceConfig config, Attendance attendance) {
        return new NamespaceSockets(config.name(), config.presence(), peers, attendance, meters.namespace(config));
    }

    /** Takes part in the bus from now on, on the event loop that all else happens on; once the Future succeeds all nodes know it. */
    public Future<Void> start() {
        HubDesk desk = new HubDesk(this);
        List<Future<Void>> kept = new ArrayList<>();
        configs.values()
                .forEach(namespace -> namespace
                        .resume()
                        .ifPresent(resume ->
                                kept.add(resumables.keep(namespace, resume, in(namespace.name()), desk::read))));
        consumer = here.register(ids.hub(), desk, backlog().most(), meters::refusedEmit);
        reroute();
        peers.revocations().forEach(tokens::revoke);
        timer = vertx.setPeriodic(TICK_MILLIS, t -> tick());
        return Future.all(kept).compose(v -> peers.hub(ids.hub(), true));
    }

    /** Ends all sockets; waits a little for all who are to hear of it, and for handlers that are at work for them. */
    public Future<Void> stop() {
        here.stopping(ids.hub());
        return shutdown.stop(() -> each(socket -> socket.close(CloseReason.GOING_AWAY)))
                .compose(v -> {
                    vertx.cancelTimer(timer);
                    return peers.hub(ids.hub(), false);
                })
                .compose(told -> consumer == null ? Future.succeededFuture() : here.unregister(ids.hub(), consumer));
    }

    /**
     * Sends all clients away, some at a time, and waits for the handlers that are at work for them.
     *
     * @param spreadMillis over which time; they come back after as long a time at most
     */
    public Future<Void> drain(long spreadMillis, long limitMillis) {
        return shutdown.drain(spreadMillis, limitMillis);
    }

    /**
     * A connection came in.
     *
     * @param token what the URL brought, or null
     * @return the socket, which the transport tells what happens to the connection; empty when there is no room for it, and
     *     the connection has been refused
     */
    public Optional<LiveSocket> connect(
            NamespaceConfig namespace, Connection connection, Handshake handshake, @Nullable String token) {
        if (shutdown.isDraining()) {
            connection.refuse(CloseReason.GOING_AWAY.after(1));
            return Optional.empty();
        }
        try {
            return Optional.of(connect(namespace, connection, handshake, token, place(handshake.address())));
        } catch (NoPlaceException full) {
            connection.refuse(full.reason());
            return Optional.empty();
        }
    }

    /**
     * A place for a connection that gets its socket later, or gives it back.
     *
     * @param address the client's
     * @throws NoPlaceException when there is none
     */
    public Place place(String address) throws NoPlaceException {
        return bounds.places().take(address);
    }

    /** The socket of a connection that has its place. */
    public LiveSocket connect(
            NamespaceConfig namespace,
            Connection connection,
            Handshake handshake,
            @Nullable String token,
            Place place) {
        LiveSocket socket = new LiveSocket(this, namespace, limits, connection, handshake, place);
        sockets.put(socket.key(), socket);
        if (shutdown.isStopping()) {
            socket.close(CloseReason.GOING_AWAY);
        } else if (!passing.enter(namespace, socket)) {
            socket.close(CloseReason.REFUSED.because("Too many namespaces"));
        } else {
            socket.start(token);
        }
        return socket;
    }

    /** Does something to every socket; what goes wrong with one costs the others nothing. */
    private void each(Consumer<LiveSocket> action) {
        for (LiveSocket socket : List.copyOf(sockets.values())) {
            try {
                action.accept(socket);
            } catch (RuntimeException e) {
                fields(socket).log(() -> LOG.error("A socket failed", e));
            }
        }
    }

    private static LogFields fields(LiveSocket socket) {
        return LogFields.of(socket.namespace(), socket.id(), socket.user());
    }

    private void tick() {
        crowd.tick();
        long now = clock.nanos() / 1_000_000;
        each(socket -> socket.tick(now, depths));
        depths.seenAll();
        followings.tick(millis());
        resumables.tick(TICK_MILLIS);
        if (!shutdown.isStopping()) {
            resumables.endOverdue(this::depart);
        }
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    /** Admins may follow its sockets, and see what the rule says. */
    public void letFollow(FollowConfig rule) {
        followings.allow(rule);
    }

    Outcome follow(HubMessage.Follow question) {
        LiveSocket socket = find(question.target());
        Tap tap = socket != null && socket.isReachable() ? socket.tap() : null;
        return followings.ask(question.follower(), tap, millis());
    }

    /** A client did not come back in time. */
    private void depart(NamespaceConfig namespace, Life life) {
        Handshake handshake = Handshake.of(life.before().getJsonObject("handshake", new JsonObject()));
        LiveSocket socket = new LiveSocket(this, namespace, limits, new NoConnection(), handshake, Place.nowhere());
        sockets.put(socket.key(), socket);
        socket.depart(Lives.Beginning.over(life), CloseReason.BROKEN);
    }

    // ---- for the desk

    @Nullable
    LiveSocket find(String key) {
        return sockets.get(key);
    }

    /** By its key, from its connection on to its last handler, or by the id that the application gave it. */
    @Nullable
    LiveSocket find(Target single) {
        LiveSocket known = sockets.get(single.name());
        return known != null
                ? known
                : in(single.namespace()).find(single).stream().findFirst().orElse(null);
    }

    NamespaceSockets in(String namespace) {
        return namespaces.getOrDefault(namespace, nobody);
    }

    int mostRooms() {
        return limits.rooms();
    }

    void reroute() {
        // An instance that is gone from the directory is about to take what it was sent before, and then nothing more.
        dispatcher.leave();
        routes.update(directory.instances());
        each(LiveSocket::rerouted);
    }

    void lost(String node) {
        reroute();
        each(socket -> socket.lost(node));
        resumables.catchUp();
    }

    void merged() {
        namespaces.values().forEach(NamespaceSockets::sendRound);
        resumables.catchUp();
    }

    void revoke(Revocation revocation) {
        tokens.revoke(revocation);
        each(socket -> {
            if (socket.isCoveredBy(revocation)) {
                socket.close(CloseReason.INVALID_USER);
            }
        });
    }

    /** Revokes the token of a socket, and what belongs to it, on all nodes; fails when it has none. */
    Future<Void> logOut(LiveSocket socket, Revocation.Kind kind) {
        return socket.token()
                .map(token -> hubs.revoke(tokens.revocation(token, kind)))
                .orElseGet(() -> Future.failedFuture(
                        ErrorCode.REFUSED.failure("The socket has no token").exception()));
    }

    /** Revokes all tokens of a user on all nodes. */
    Future<Void> logOut(String user) {
        return hubs.revoke(tokens.revocation(user));
    }

    // ---- for sockets

    @Override
    public Tracing tracing() {
        return tracing;
    }

    @Override
    public String nodeName() {
        String node = peers.self();
        return node.substring(0, Math.min(NODE_NAME, node.length()));
    }

    @Override
    public String nextId() {
        return ids.next();
    }

    @Override
    public Future<String> giveId(NamespaceConfig namespace, SocketView newcomer) {
        return givenIds.give(namespace, newcomer);
    }

    @Override
    public Future<Lives.Beginning> live(LiveSocket socket, @Nullable Former former) {
        String namespace = socket.namespace();
        return resumables
                .lives(namespace)
                .begin(ids.nextLasting(), socket.user().id(), former, (id, connection) -> {
                    Target before = Target.socket(namespace, connection.getString("key", ""));
                    hubs.act(new HubMessage.Disconnect(before, CloseReason.RESUMED_ELSEWHERE))
                            .onFailure(gone -> LOG.debug("the former connection of a socket is gone"));
                })
                .onComplete(begun -> {
                    if (begun.succeeded()) {
                        begun.result().insteadOf().ifPresent(meters::resumed);
                    } else if (former != null) {
                        meters.resumed(ResumeOutcome.FAILED);
                    }
                });
    }

    @Override
    public Future<Void> moved(LiveSocket socket) {
        here.move(Target.socket(socket.namespace(), socket.id()), ids.hub());
        return in(socket.namespace()).move(socket);
    }

    @Override
    public void takeBackId(String namespace, String id) {
        givenIds.takeBack(Target.socket(namespace, id));
    }

    @Override
    public NodeClock clock() {
        return clock;
    }

    @Override
    public Meters meters() {
        return meters;
    }

    @Override
    public Crowd crowd() {
        return crowd;
    }

    /** What waits for all clients of the node. */
    public Backlog backlog() {
        return bounds.backlog();
    }

    @Override
    public Optional<Pace> pace(String namespace, String address) {
        return bounds.pace(namespace, address);
    }

    @Override
    public Future<PageToken> verify(String token) {
        return tokens.verify(token);
    }

    @Override
    public Route route(String namespace, String event) {
        return routes.route(namespace, event);
    }

    @Override
    public List<Announcement> middleware(String namespace, String kind, String verticle) {
        return routes.middleware(namespace, kind, verticle);
    }

    @Override
    public void entering(LiveSocket socket) {
        in(socket.namespace()).enter(socket);
    }

    @Override
    public @Nullable Failure answerFault(String namespace, String event, Payload answer) {
        return inspection.fault(Inspection.Way.ANSWER, namespace, event, answer);
    }

    @Override
    public void dispatch(Announcement handler, EventMessage event) {
        dispatcher.add(handler, event);
    }

    @Override
    public Future<Runnable> opening(LiveSocket socket) {
        if (LOG.isDebugEnabled()) {
            fields(socket).log(() -> LOG.debug("A socket of {} opens", socket.namespace()));
        }
        Future<Runnable> known = in(socket.namespace()).add(socket);
        Lives.Beginning beginning = socket.beginning();
        return beginning == null
                ? known
                : known.compose(news ->
                        Resumables.fetchMissed(socket, beginning, meters).map(news));
    }

    @Override
    public Future<Void> identified(LiveSocket socket) {
        return in(socket.namespace()).identify(socket);
    }

    @Override
    public void closed(LiveSocket socket) {
        if (LOG.isDebugEnabled()) {
            fields(socket).log(() -> LOG.debug("A socket of {} is closed", socket.namespace()));
        }
        shutdown.leaving(in(socket.namespace()).remove(socket));
        if (socket.life() != null) {
            Target id = Target.socket(socket.namespace(), socket.id());
            if (in(socket.namespace()).find(id).isEmpty()) {
                here.takeBack(id, ids.hub());
            }
        } else if (socket.hasGivenId()) {
            takeBackId(socket.namespace(), socket.id());
        }
    }

    @Override
    public void gone(LiveSocket socket) {
        sockets.remove(socket.key(), socket);
        passing.leave(socket.config(), socket);
        socket.place().giveBack();
        shutdown.completeIfOver();
    }
}
