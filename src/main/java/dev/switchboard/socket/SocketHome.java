package dev.switchboard.socket;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.SocketView;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.routing.Route;
import dev.switchboard.token.PageToken;
import io.vertx.core.Future;
import java.util.List;

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

    /** A fresh socket id. */
    String nextId();

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
