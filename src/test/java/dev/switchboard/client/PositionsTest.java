package dev.switchboard.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

final class PositionsTest {
    private static JsonObject open(boolean resumed) {
        return new JsonObject()
                .put("id", "s1")
                .put("resumed", resumed)
                .put("resume", new JsonObject().put("key", "k").put("window", 60_000));
    }

    @Test
    void resume_saysTheNewestPlaceOfEachLog() {
        Positions positions = new Positions();
        positions.opened(open(false));
        assertThat(positions.isNews("a:9:x")).isTrue();
        assertThat(positions.isNews("a:a:y")).isTrue();
        assertThat(positions.isNews("a:9:x")).as("heard before").isFalse();
        assertThat(positions.isNews("b:1:z")).isTrue();

        JsonObject said = positions.resume();

        assertThat(said.getString("id")).isEqualTo("s1");
        assertThat(said.getString("key")).isEqualTo("k");
        assertThat(said.getJsonArray("at")).containsExactlyInAnyOrder("a:a:y", "b:1:z");
    }

    @Test
    void opened_resumed_keepsThePlaces_butAnewForgetsThem() {
        Positions positions = new Positions();
        positions.opened(open(false));
        positions.isNews("a:1:x");
        positions.opened(open(true));
        assertThat(positions.resume().getJsonArray("at")).containsExactly("a:1:x");
        positions.opened(open(false));
        assertThat(positions.resume().getJsonArray("at")).isEqualTo(new JsonArray());
    }
}
