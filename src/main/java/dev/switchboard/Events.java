package dev.switchboard;

import static java.util.Objects.requireNonNull;

import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Payload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events that a verticle handles; see {@link EventVerticle#events}. Each name is given once. Where a lambda has
 * nothing to return, {@code action} is the word instead of {@code event}.
 *
 * <p>Besides the events of clients there are those of a socket's own life. At its end they come in this order: {@code
 * disconnecting}, {@code disconnect}, {@code close}, after all events that the client sent.
 */
public final class Events {
    /** Handles an event of a client, and answers nothing. */
    @FunctionalInterface
    public interface Action {
        void handle(Socket socket, Payload data) throws Exception;
    }

    /** Handles that a socket opened. */
    @FunctionalInterface
    public interface OpenHandler {
        /** The result is as with {@link EventHandler#handle}: the first event waits for it. */
        @Nullable
        Object handle(Socket socket) throws Exception;
    }

    /** Handles that a socket ended. */
    @FunctionalInterface
    public interface CloseHandler {
        /** The result is as with {@link EventHandler#handle}. */
        @Nullable
        Object handle(Socket socket, CloseReason reason) throws Exception;
    }

    /** Handles that something failed. */
    @FunctionalInterface
    public interface ErrorHandler {
        /**
         * The result is as with {@link EventHandler#handle}.
         *
         * @param failure {@code {"code","message","event"}}, as the client is told
         */
        @Nullable
        Object handle(Socket socket, Payload failure) throws Exception;
    }

    interface Call {
        @Nullable
        Object on(Socket socket, Payload data, CloseReason reason) throws Exception;
    }

    private final Map<String, Call> calls = new HashMap<>();
    private @Nullable ConnectionMiddleware connection;
    private @Nullable PacketMiddleware packet;

    Events() {}

    /** Handles the events of this name; the result answers. */
    public Events event(String name, EventHandler handler) {
        return client(name, (socket, data, reason) -> handler.handle(socket, data));
    }

    /** Handles the events of this name; whoever asks gets an answer without data. */
    public Events action(String name, Action action) {
        return client(name, (socket, data, reason) -> {
            action.handle(socket, data);
            return null;
        });
    }

    /**
     * Handles that a socket opened: before all its events. Where clients may come back it is told each time that one does;
     * {@link Socket#isResumed} says so.
     */
    public Events open(OpenHandler handler) {
        return put(EventNames.OPEN, (socket, data, reason) -> handler.handle(socket.opened(data)));
    }

    /** Handles that a socket ended: after all its events, once. It is in no room any more, and nothing reaches it. */
    public Events close(CloseHandler handler) {
        return put(EventNames.CLOSE, (socket, data, reason) -> handler.handle(socket, reason));
    }

    /**
     * Handles that a socket ends: {@link Socket#rooms} still tells the rooms that it was in. Nothing reaches the client
     * any more.
     */
    public Events disconnecting(CloseHandler handler) {
        return put(EventNames.DISCONNECTING, (socket, data, reason) -> handler.handle(socket.leaving(data), reason));
    }

    /** Handles that a socket ended: the other name of {@link #close}, and told before it. */
    public Events disconnect(CloseHandler handler) {
        return put(EventNames.DISCONNECT, (socket, data, reason) -> handler.handle(socket, reason));
    }

    /**
     * Handles that a message of a client was not understood, or that an event of it was refused or has failed. The client
     * is told by itself. A failure of this handler is logged only.
     */
    public Events error(ErrorHandler handler) {
        return put(EventNames.ERROR, (socket, data, reason) -> handler.handle(socket, data));
    }

    /** Makes the verticle a connection middleware, for the namespaces whose configuration names it as one. */
    public Events connection(ConnectionMiddleware middleware) {
        if (connection != null) {
            throw new IllegalArgumentException("a verticle is one connection middleware");
        }
        connection = middleware;
        return this;
    }

    /** Makes the verticle a packet middleware, for the namespaces whose configuration names it as one. */
    public Events packet(PacketMiddleware middleware) {
        if (packet != null) {
            throw new IllegalArgumentException("a verticle is one packet middleware");
        }
        packet = middleware;
        return this;
    }

    private Events client(String name, Call call) {
        return put(EventNames.checked(name), call);
    }

    private Events put(String name, Call call) {
        if (calls.putIfAbsent(name, call) != null) {
            throw new IllegalArgumentException("\"" + name + "\" is handled twice");
        }
        return this;
    }

    Set<String> names() {
        Set<String> names = new HashSet<>(calls.keySet());
        if (connection != null) {
            names.add(EventNames.CONNECTION);
        }
        if (packet != null) {
            names.add(EventNames.PACKET);
        }
        return names;
    }

    ConnectionMiddleware connection() {
        return requireNonNull(connection);
    }

    PacketMiddleware packet() {
        return requireNonNull(packet);
    }

    @Nullable
    Call find(String name) {
        return calls.get(name);
    }
}
