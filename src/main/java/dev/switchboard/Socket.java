package dev.switchboard;

import dev.switchboard.bus.SocketView;
import dev.switchboard.handler.Attributes;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The client that an event came from, as its handler sees it. The client itself may be connected to any event loop or
 * node: what is done here travels there over the event bus, in the order it is done.
 *
 * <p>Two habits exist in the field, and both are one word: {@link #broadcast} and {@link #toOthersIn} leave the sender
 * out, {@link #toAll} and {@link #toRoom} include it.
 *
 * <p>To be used on the context of the handler, while it handles the event or later.
 */
public final class Socket {
    private final SocketView view;
    private final Attributes attributes;
    private final Namespace namespace;

    /** The rooms of a socket that ends; null while it is there. */
    private final @Nullable Set<String> left;

    private final boolean resumed;

    Socket(SocketView view, Attributes attributes, Namespace namespace) {
        this(view, attributes, namespace, null, false);
    }

    private Socket(
            SocketView view, Attributes attributes, Namespace namespace, @Nullable Set<String> left, boolean resumed) {
        this.view = view;
        this.attributes = attributes;
        this.namespace = namespace;
        this.left = left;
        this.resumed = resumed;
    }

    /** The same as it opens. */
    Socket opened(Payload how) {
        boolean back = how.has("resumed") && how.bool("resumed");
        return back ? new Socket(view, attributes, namespace, left, true) : this;
    }

    /** Whether it was there before, on another connection, and its client is back: told to those who handle that it opens. */
    public boolean isResumed() {
        return resumed;
    }

    /** The same on its way out of these rooms. */
    Socket leaving(Payload rooms) {
        Set<String> names = rooms.array().stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
        return new Socket(view, attributes, namespace, names, false);
    }

    /** Its id, unique, and not to be guessed unless the application gave it ({@code socketIds}); others can be told it. */
    public String id() {
        return view.id();
    }

    /** Who the page token says it is; {@link User#isAnonymous} where a namespace needs no token. */
    public User user() {
        return view.user();
    }

    /** The claims that the application put into the page token. */
    public JsonObject claims() {
        return view.claims().copy();
    }

    /** How its connection began. */
    public Handshake handshake() {
        return view.handshake();
    }

    /**
     * The HTTP session of its visitor, where the namespace says {@code "session": true}: what requests and other sockets of
     * the same visitor read and write, too.
     */
    public Session session() {
        return new Session(namespace.sessions(), handshake().session());
    }

    public Namespace namespace() {
        return namespace;
    }

    /** An id that the application gave may be another socket's when it has ended. */
    private Audience self() {
        return namespace.socket(view.name());
    }

    /** Sends an event to this client. */
    public Future<Void> emit(String event, @Nullable Object data) {
        return self().emit(event, data);
    }

    /** Asks this client; see {@link Audience#ask}. A handler may await the answer: acks do not wait behind events. */
    public Future<Payload> ask(String event, @Nullable Object data, Duration limit) {
        return self().ask(event, data, limit);
    }

    /** Sends an event to everybody else in the namespace. */
    public Future<Void> broadcast(String event, @Nullable Object data) {
        return toOthers().emit(event, data);
    }

    /** Everybody in the namespace, this client included. */
    public Audience toAll() {
        return namespace.all();
    }

    /** Everybody in the namespace but this client. */
    public Audience toOthers() {
        return namespace.all().except(id());
    }

    /** The members of a room, this client included if it is one. */
    public Audience toRoom(String room) {
        return namespace.room(room);
    }

    /** The members of a room but this client. */
    public Audience toOthersIn(String room) {
        return namespace.room(room).except(id());
    }

    /** The members of any of these rooms, each once, this client included if it is one. */
    public Audience toAnyOf(String first, String... more) {
        return namespace.inAnyOf(first, more);
    }

    /** All sockets of a user. */
    public Audience toUser(String id) {
        return namespace.user(id);
    }

    /** Another socket. */
    public Audience toSocket(String id) {
        return namespace.socket(id);
    }

    /** Joins a room; done in order with what is emitted, so there is no need to await it before an emit to the room. */
    public Future<Void> join(String room) {
        return self().join(room);
    }

    public Future<Void> leave(String room) {
        return self().leave(room);
    }

    /** The rooms it is in, all that was done before included; none once it has ended. */
    public Future<Set<String>> rooms() {
        return left == null ? self().rooms().recover(Socket::noneIfEnded) : Future.succeededFuture(left);
    }

    private static Future<Set<String>> noneIfEnded(Throwable cause) {
        return cause instanceof EventException known && known.code().equals(ErrorCode.NO_SOCKET.name())
                ? Future.succeededFuture(Set.of())
                : Future.failedFuture(cause);
    }

    /** What a handler has noted of this socket, or null. Every handler of the socket sees it, until the socket ends. */
    public @Nullable Object attribute(String name) {
        return attributes.get(name);
    }

    /**
     * Notes something, or forgets it (null).
     *
     * @param value immutable, and with a JSON form: a String, Number or Boolean at best
     */
    public void attribute(String name, @Nullable Object value) {
        attributes.set(name, value);
    }

    /** Ends this client's socket with {@link CloseReason#KICKED}. */
    public Future<Void> disconnect() {
        return self().disconnect();
    }

    /** Ends this client's socket; see {@link Audience#disconnect}. */
    public Future<Void> disconnect(CloseReason reason) {
        return self().disconnect(reason);
    }

    /**
     * Lets no node accept the token any more that this client has now: it alone, all of its log-in, or all that its user
     * has. The sockets that came in with them are closed with 4001, this one included.
     *
     * @return succeeds when all nodes refuse them, or are silent; fails with {@code NO_SOCKET} when this one has ended, and
     *     with {@code REFUSED} when it has no token
     */
    public Future<Void> logOut(Revocation.Kind kind) {
        return namespace.logOut(view.name(), kind);
    }
}
