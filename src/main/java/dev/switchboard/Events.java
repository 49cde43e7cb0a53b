package dev.switchboard;

import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events that a verticle handles; see {@link EventVerticle#events}. Each name is given once. Where a lambda has
 * nothing to return, {@code action} is the word instead of {@code event}.
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

    interface Call {
        @Nullable
        Object on(Socket socket, Payload data, CloseReason reason) throws Exception;
    }

    private final Map<String, Call> calls = new HashMap<>();

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

    /** Handles that a socket opened: before all its events. */
    public Events open(OpenHandler handler) {
        return put(EventNames.OPEN, (socket, data, reason) -> handler.handle(socket));
    }

    /** Handles that a socket ended: after all its events, once. It is in no room any more, and nothing reaches it. */
    public Events close(CloseHandler handler) {
        return put(EventNames.CLOSE, (socket, data, reason) -> handler.handle(socket, reason));
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
        return Set.copyOf(calls.keySet());
    }

    @Nullable
    Call find(String name) {
        return calls.get(name);
    }
}
