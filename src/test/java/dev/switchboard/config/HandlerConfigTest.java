package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.config.HandlerConfig.Threading;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerConfigTest {
    @Test
    void handlers_virtualWithoutVirtualThreads_isAFault() {
        JsonObject json = new JsonObject("{\"handlers\": {\"A\": {\"threading\": \"virtual\"}}}");

        assertThat(SwitchboardConfig.read(json, Map.of(), Reading::exists, 21)
                        .handlers()
                        .get("A")
                        .threading())
                .isEqualTo(Threading.VIRTUAL);
        assertThatThrownBy(() -> SwitchboardConfig.read(json, Map.of(), Reading::exists, 17))
                .hasMessageContaining("handlers.A.threading: must not be \"virtual\": Java 17 has no virtual threads");
    }

    @Test
    void handlers_config_cannotBeChangedFromOutside() {
        HandlerConfig handler = read("{\"handlers\": {\"A\": {\"config\": {\"x\": 1}}}}")
                .handlers()
                .get("A");
        handler.config().put("x", 2);

        assertThat(handler.config()).isEqualTo(new JsonObject().put("x", 1));
    }
}
