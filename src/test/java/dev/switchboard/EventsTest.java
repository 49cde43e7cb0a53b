package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class EventsTest {
    @Test
    void event_givenTwice_isRefused() {
        Events events = new Events().event("chat", (socket, data) -> null);

        assertThatThrownBy(() -> events.action("chat", (socket, data) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"chat\" is handled twice");
    }
}
