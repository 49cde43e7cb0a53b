package dev.switchboard.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.SocketView;
import dev.switchboard.bus.Target;
import dev.switchboard.token.User;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.Payload;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class AttributesTest {
    private static EventMessage event(long version, Map<String, Object> attributes) {
        Handshake handshake = new Handshake("/", Map.of(), Map.of(), "", false, Instant.EPOCH);
        SocketView view = new SocketView("s", "/", User.anonymous(), new JsonObject(), handshake);
        return new EventMessage(view, attributes, version, "e", Payload.absent(), 1, false, 1, 1_000, null);
    }

    @Test
    void see_eventThatLeftTheHubBeforeASet_doesNotUndoTheSet(Vertx vertx) {
        Attributes attributes = new Attributes(new Hubs(vertx), Target.socket("", "s"));
        attributes.see(event(3, Map.of("a", 1)));

        attributes.set("a", 2);
        attributes.see(event(3, Map.of("a", 1)));

        assertThat(attributes.get("a")).isEqualTo(2);
        assertThat(attributes.settled()).isFalse();
    }

    @Test
    void see_eventThatKnowsTheSet_settles(Vertx vertx) {
        Attributes attributes = new Attributes(new Hubs(vertx), Target.socket("", "s"));
        attributes.see(event(0, Map.of()));
        attributes.set("a", 2);

        attributes.see(event(1, Map.of("a", 2)));
        assertThat(attributes.settled()).isTrue();
        attributes.see(event(2, Map.of("a", "from elsewhere")));

        assertThat(attributes.get("a")).isEqualTo("from elsewhere");
    }

    @Test
    void set_null_forgets(Vertx vertx) {
        Attributes attributes = new Attributes(new Hubs(vertx), Target.socket("", "s"));
        attributes.see(event(0, Map.of("a", 1)));

        attributes.set("a", null);

        assertThat(attributes.get("a")).isNull();
    }
}
