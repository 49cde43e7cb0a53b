package dev.switchboard.socket;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.SocketView;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.limit.Pace;
import dev.switchboard.metrics.Meters;
import dev.switchboard.resume.Former;
import dev.switchboard.resume.Lives;
import dev.switchboard.routing.Route;
import dev.switchboard.time.NodeClock;
import dev.switchboard.token.PageToken;
import dev.switchboard.tracing.Tracing;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a socket needs around it: the hub. Called on the hub's event loop. */
public interface SocketHome {
    /** What clients may know of the node: a short name, empty where there is only one. */
    String nodeName();

    /**
     * Asks the application for an id of its own for a socket, and takes it.
     *
     * @return fails with {@link IdInUseException} when another socket of the cluster has it, or when the application gave none
     *     that can be
     */
    Future<String> giveId(NamespaceConfig namespace, SocketView newcomer);

    /** Such an id is not needed: the socket has ended meanwhile. */
    void takeBackId(String namespace, String id);

    /**
     * Whose client may come back begins, or is back. For namespaces that keep what is missed.
     *
     * @param former what the client says of the socket that it had; null when it says nothing
     */
    Future<Lives.Beginning> live(LiveSocket socket, @Nullable Former former);

    /** Its id belongs to this socket from now on, whoever had it before; the Future succeeds when every node finds it so. */
    Future<Void> moved(LiveSocket socket);

    /** A fresh socket id. */
    String nextId();

    /** What time it is. */
    NodeClock clock();

    Meters meters();

    /** Whether events are traced. */
    Tracing tracing();

    /** What waits for the clients of this event loop. */
    Crowd crowd();

    /** How fast the events of a new socket may come; empty where the namespace sets no rates. */
    Optional<Pace> pace(String namespace, String address);

    /** Who holds this token? Fails with {@link dev.switchboard.token.TokenRefusedException}. */
    Future<PageToken> verify(String token);

    /** Where an event goes just now. */
    Route route(String namespace, String event);

    /**
     * The instances of a middleware that run on this node.
     *
     * @param kind what they announce, a name of {@link dev.switchboard.wire.EventNames}
     */
    List<Announcement> middleware(String namespace, String kind, String verticle);

    /** What is wrong with the answer of a handler; null when nothing is, or nobody looks. */
    @Nullable
    Failure answerFault(String namespace, String event, Payload answer);

    /** Sends an event to a handler instance. */
    void dispatch(Announcement handler, EventMessage event);

    /** The socket is at the door: nobody but its middleware knows it, and finds it by its id. */
    void entering(LiveSocket socket);

    /**
     * The socket opens: the Future succeeds when every node can find it by its id, namespace and user.
     *
     * @return what is to be done once its client has been told
     */
    Future<Runnable> opening(LiveSocket socket);

    /** The socket, anonymous until now, has a user, by whom every node finds it once the Future succeeds. */
    Future<Void> identified(LiveSocket socket);

    /** The socket is open no longer, and in no room. */
    void closed(LiveSocket socket);

    /** The connection is gone and no handler is at work for the socket: nothing of it may stay. */
    void gone(LiveSocket socket);
}
