package dev.switchboard.hub;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.Attendance;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.HandlerDirectory;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.LocalHubs;
import dev.switchboard.bus.Peers;
import dev.switchboard.bus.SocketIds;
import dev.switchboard.bus.SocketView;
import dev.switchboard.bus.Target;
import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.routing.Route;
import dev.switchboard.routing.Routes;
import dev.switchboard.socket.Connection;
import dev.switchboard.socket.LiveSocket;
import dev.switchboard.socket.SocketHome;
import dev.switchboard.token.PageToken;
import dev.switchboard.token.PageTokens;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Handshake;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** How long sockets may take to end when the hub stops. */
    private static final long STOPPING_MILLIS = 2_000;

    private final Vertx vertx;
    private final Limits limits;
    private final PageTokens tokens;
    private final SocketIds ids = new SocketIds();
    private final LocalHubs here;
    private final Hubs hubs;
    private final Peers peers;
    private final HandlerDirectory directory;
    private final GivenIds givenIds;
    private final Routes routes;
    private final Map<String, NamespaceSockets> namespaces = new HashMap<>();

    /** What a namespace has that this node does not. */
    private final NamespaceSockets nobody;

    /** From the connection on, until nothing works for the socket any more. */
    private final Map<String, LiveSocket> sockets = new HashMap<>();

    private @Nullable MessageConsumer<HubMessage> consumer;
    private long timer;
    private @Nullable Promise<Void> stopped;

    /** Sockets that have ended and whose places are not told yet. */
    private int leaving;

    public Hub(Vertx vertx, Map<String, NamespaceConfig> namespaces, Limits limits, PageTokens tokens) {
        this.vertx = vertx;
        this.limits = limits;
        this.tokens = tokens;
        this.here = new LocalHubs(vertx);
        this.hubs = new Hubs(vertx);
        this.peers = Peers.of(vertx);
        this.directory = new HandlerDirectory(vertx);
        this.givenIds = new GivenIds(vertx, ids.hub(), limits.handshake());
        this.routes = new Routes(peers.self(), namespaces);
        Attendance attendance = new Attendance(vertx);
        this.nobody = new NamespaceSockets("", NamespaceConfig.Presence.NONE, peers, attendance);
        namespaces.forEach((name, config) ->
                this.namespaces.put(name, new NamespaceSockets(name, config.presence(), peers, attendance)));
    }

    /** Takes part in the bus from now on, on the event loop that all else happens on; once the Future succeeds all nodes know it. */
    public Future<Void> start() {
        HubDesk desk = new HubDesk(this, here);
        consumer = here.register(ids.hub(), desk::take);
        reroute();
        peers.revocations().forEach(tokens::revoke);
        timer = vertx.setPeriodic(TICK_MILLIS, t -> tick());
        return peers.hub(ids.hub(), true);
    }

    /** Ends all sockets; waits a little for all who are to hear of it, and for handlers that are at work for them. */
    public Future<Void> stop() {
        Promise<Void> over = Promise.promise();
        stopped = over;
        here.stopping(ids.hub());
        each(socket -> socket.close(CloseReason.GOING_AWAY));
        long limit = vertx.setTimer(STOPPING_MILLIS, t -> over.tryComplete());
        completeIfStopped();
        return over.future().compose(v -> {
            vertx.cancelTimer(limit);
            vertx.cancelTimer(timer);
            return peers.hub(ids.hub(), false)
                    .compose(
                            told -> consumer == null ? Future.succeededFuture() : here.unregister(ids.hub(), consumer));
        });
    }

    private void completeIfStopped() {
        if (stopped != null && sockets.isEmpty() && leaving == 0) {
            stopped.tryComplete();
        }
    }

    /**
     * A connection came in.
     *
     * @param token what the URL brought, or null
     * @return the socket, which the transport tells what happens to the connection
     */
    public LiveSocket connect(
            NamespaceConfig namespace, Connection connection, Handshake handshake, @Nullable String token) {
        LiveSocket socket = new LiveSocket(this, namespace, limits, connection, handshake);
        sockets.put(socket.key(), socket);
        if (stopped == null) {
            socket.start(token);
        } else {
            socket.close(CloseReason.GOING_AWAY);
        }
        return socket;
    }

    /** Does something to every socket; what goes wrong with one costs the others nothing. */
    private void each(Consumer<LiveSocket> action) {
        for (LiveSocket socket : List.copyOf(sockets.values())) {
            try {
                action.accept(socket);
            } catch (RuntimeException e) {
                LOG.error("A socket failed", e);
            }
        }
    }

    private void tick() {
        each(LiveSocket::tick);
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
        routes.update(directory.instances());
        each(LiveSocket::rerouted);
    }

    void lost(String node) {
        reroute();
        each(socket -> socket.lost(node));
    }

    void revoke(String family, Instant until) {
        tokens.revoke(family, until);
        each(socket -> {
            if (socket.isOf(family)) {
                socket.close(CloseReason.INVALID_USER);
            }
        });
    }

    // ---- for sockets

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
    public void takeBackId(String namespace, String id) {
        givenIds.takeBack(Target.socket(namespace, id));
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
    public void dispatch(Announcement handler, EventMessage event) {
        hubs.hand(handler, event);
    }

    @Override
    public Future<Runnable> opening(LiveSocket socket) {
        return in(socket.namespace()).add(socket);
    }

    @Override
    public Future<Void> identified(LiveSocket socket) {
        return in(socket.namespace()).identify(socket);
    }

    @Override
    public void closed(LiveSocket socket) {
        leaving++;
        if (socket.hasGivenId()) {
            takeBackId(socket.namespace(), socket.id());
        }
        in(socket.namespace()).remove(socket).onComplete(told -> {
            leaving--;
            completeIfStopped();
        });
    }

    @Override
    public void gone(LiveSocket socket) {
        sockets.remove(socket.key(), socket);
        completeIfStopped();
    }
}
