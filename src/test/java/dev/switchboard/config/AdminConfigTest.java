package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdminConfigTest {
    private static SwitchboardConfig read(String json, Map<String, String> environment) {
        return SwitchboardConfig.read(new JsonObject(json), environment, verticle -> true);
    }

    @Test
    void read_withoutARole_isOff() {
        assertThat(read("{}", Map.of()).admin()).isEmpty();
        assertThat(read("{\"admin\": {}}", Map.of()).admin()).isEmpty();
    }

    @Test
    void read_aRole_isForLoopbackUnlessToldOtherwise() {
        AdminConfig usual =
                read("{\"admin\": {\"role\": \"boss\"}}", Map.of()).admin().orElseThrow();
        assertThat(usual.role()).isEqualTo("boss");
        assertThat(usual.claim()).isEqualTo("role");
        assertThat(usual.notice()).isEqualTo("notice");
        assertThat(usual.from()).hasSize(2);

        AdminConfig other = read(
                        "{\"admin\": {\"claim\": \"groups\", \"from\": [\"10.0.0.0/8\"], \"notice\": \"news\"}}",
                        Map.of("SWITCHBOARD_ADMIN_ROLE", "ops"))
                .admin()
                .orElseThrow();
        assertThat(other.role()).isEqualTo("ops");
        assertThat(other.claim()).isEqualTo("groups");
        assertThat(other.notice()).isEqualTo("news");
        assertThat(other.from()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"admin": {"from": ["10.0.0.0/8"]}}        | admin.from | does nothing without admin.role
            {"admin": {"role": "a", "notice": "$own"}} | admin.notice | must be a name for an event
            {"admin": {"role": "a", "roles": "b"}}     | admin.roles | is not a known key
            {"admin": {"role": 1}}                     | admin.role | must be a text
            {"admin": {"role": "a", "from": ["x"]}}    | admin.from | must be
            """)
    void read_whatIsWrong_isToldWithItsPath(String json, String path, String message) {
        assertThatThrownBy(() -> read(json, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(path)
                .hasMessageContaining(message);
    }
}
