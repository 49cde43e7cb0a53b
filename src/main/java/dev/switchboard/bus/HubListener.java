package dev.switchboard.bus;

import java.util.List;
import java.util.function.Consumer;

/** Where a hub takes what it is told and asked, in the order sent. On the hub's event loop. */
@FunctionalInterface
public interface HubListener {
    /**
     * Takes what the hub is told or asked.
     *
     * @param answer what to answer with, which does nothing where nobody asked
     */
    void take(HubMessage message, Consumer<HubAnswer> answer);

    /** Takes what crossed to the hub together, and what nobody awaits an answer to. */
    default void take(List<HubMessage> messages) {
        messages.forEach(this::take);
    }

    /** Takes what nobody awaits an answer to. */
    default void take(HubMessage message) {
        take(message, answer -> {});
    }
}
