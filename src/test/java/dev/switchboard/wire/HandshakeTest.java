package dev.switchboard.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HandshakeTest {
    @Test
    void of_whatJsonSays_isTheSame() {
        Handshake handshake = new Handshake(
                "/ws",
                Map.of("a", "ü", "b", ""),
                Map.of("origin", "https://example.org"),
                "::1",
                true,
                Instant.parse("2031-05-04T03:02:01.000000009Z"));

        assertThat(Handshake.of(new JsonObject(handshake.json().encode()))).isEqualTo(handshake);
    }
}
