package dev.switchboard.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.time.NodeClock;
import dev.switchboard.transport.memory.MemoryConnection;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Handshake;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TimeoutsTest {
    private static final long BEGUN = -7_000;

    private int pings;
    private final MemoryConnection connection = new MemoryConnection(Codec.EVENTS, new MemoryConnection.Peer() {
        @Override
        public void received(Frame frame) {}

        @Override
        public void pinged() {
            pings++;
        }

        @Override
        public void closed(CloseReason reason) {}
    });

    private Timeouts timeouts(String limits) {
        JsonObject given = new JsonObject("{\"limits\": {%s}, \"namespaces\": {\"/\": {}}}".formatted(limits));
        SwitchboardConfig config = SwitchboardConfig.read(given, Map.of(), name -> true);
        NamespaceConfig namespace = config.namespaces().get("/");
        Handshake handshake = new Handshake("/ws", Map.of(), Map.of(), "127.0.0.1", false, Instant.EPOCH);
        Identity identity = new Identity("h.s", namespace, handshake);
        return new Timeouts(identity, NodeClock.SYSTEM, config.limits(), connection, BEGUN);
    }

    @Test
    void rest_lastsASecond_orUntilSomethingHappens() {
        Timeouts timeouts = timeouts("\"ping\": \"30s\", \"pong\": \"20s\"");
        assertThat(timeouts.isResting(BEGUN)).isFalse();

        timeouts.rest(BEGUN);
        assertThat(timeouts.isResting(BEGUN + 999)).isTrue();
        assertThat(timeouts.isResting(BEGUN + 1_000)).isFalse();

        timeouts.rest(BEGUN);
        timeouts.wake();
        assertThat(timeouts.isResting(BEGUN)).isFalse();
    }

    @Test
    void rest_endsWhenAPingIsDue_andWhenItsAnswerIs() {
        Timeouts timeouts = timeouts("\"ping\": \"300ms\", \"pong\": \"200ms\"");
        timeouts.rest(BEGUN);
        assertThat(timeouts.isResting(BEGUN + 299)).isTrue();
        assertThat(timeouts.isResting(BEGUN + 300)).isFalse();

        assertThat(timeouts.beats(BEGUN + 301)).isTrue();
        assertThat(pings).isEqualTo(1);
        timeouts.rest(BEGUN + 301);
        assertThat(timeouts.isResting(BEGUN + 500)).isTrue();
        assertThat(timeouts.isResting(BEGUN + 501)).isFalse();
        assertThat(timeouts.beats(BEGUN + 502)).isFalse();
    }
}
