package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TracingConfigTest {
    private static TracingConfig read(String json, Map<String, String> environment) {
        return TracingConfig.read(new JsonObject(json), environment);
    }

    @Test
    void read_nothing_isOff() {
        assertThat(read("{}", Map.of())).isEqualTo(new TracingConfig(false, TracingConfig.Clients.JOIN));
        assertThat(read("{\"tracing\": {}}", Map.of()).enabled()).isFalse();
    }

    @Test
    void read_whatIsGiven_byFileOrByVariable() {
        assertThat(read("{\"tracing\": {\"enabled\": true, \"clients\": \"link\"}}", Map.of()))
                .isEqualTo(new TracingConfig(true, TracingConfig.Clients.LINK));
        assertThat(read(
                        "{\"tracing\": {\"enabled\": true}}",
                        Map.of("SWITCHBOARD_TRACING_ENABLED", "false", "SWITCHBOARD_TRACING_CLIENTS", "ignore")))
                .isEqualTo(new TracingConfig(false, TracingConfig.Clients.IGNORE));
    }

    @Test
    void read_whatCannotBe_isToldTogether() {
        assertThatThrownBy(() -> read("{\"tracing\": {\"enabled\": \"perhaps\", \"clients\": \"trust\"}}", Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tracing.enabled: must be true or false")
                .hasMessageContaining("tracing.clients: must be \"join\" or \"link\" or \"ignore\"");
    }

    @Test
    void read_theWholeConfiguration_hasIt() {
        SwitchboardConfig all = SwitchboardConfig.read(
                new JsonObject("{\"tracing\": {\"clients\": \"ignore\"}}"),
                Map.of("SWITCHBOARD_TRACING_ENABLED", "true"),
                verticle -> true);

        assertThat(all.tracing()).isEqualTo(new TracingConfig(true, TracingConfig.Clients.IGNORE));
    }
}
