package dev.switchboard;

import dev.switchboard.wire.Payload;
import org.jspecify.annotations.Nullable;

/** Handles an event of a client. */
@FunctionalInterface
public interface EventHandler {
    /**
     * Handles one event. The socket's next event waits until this one is over.
     *
     * @return the answer, if the client asked for one: null for none, a value as {@link Payload#of} takes it, or a
     *     Future or CompletionStage of such a value; until that completes the event is not over. While an emit whose own
     *     Future is returned is being kept (namespaces with {@code resume}), the next event begins; it ends afterwards
     * @throws Exception an {@link dev.switchboard.wire.EventException} tells the client its code; of any other the
     *     client learns only that the handler failed
     */
    @Nullable
    Object handle(Socket socket, Payload data) throws Exception;
}
