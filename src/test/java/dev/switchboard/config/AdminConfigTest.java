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
        assertThat(usual.follow().shows("any")).isFalse();
        assertThat(usual.follow().masks("passWord")).isTrue();
        assertThat(usual.follow().limit()).hasMinutes(10);

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

    @Test
    void read_whatIsShownOfAFollowedSocket_asTheRuleSays() {
        FollowConfig follow = read(
                        "{\"admin\": {\"role\": \"a\", \"follow\": {\"show\": [\"say\"], \"limit\": \"1m\"}}}",
                        Map.of("SWITCHBOARD_ADMIN_FOLLOW_MASK", "Card,PIN"))
                .admin()
                .orElseThrow()
                .follow();

        assertThat(follow.shows("say")).isTrue();
        assertThat(follow.shows("other")).isFalse();
        assertThat(follow.masks("card")).isTrue();
        assertThat(follow.masks("password")).isFalse();
        assertThat(follow.limit()).hasMinutes(1);
        FollowConfig all = read(
                        "{\"admin\": {\"role\": \"a\", \"follow\": {\"show\": [\"*\"], \"mask\": []}}}", Map.of())
                .admin()
                .orElseThrow()
                .follow();
        assertThat(all.shows("whatever")).isTrue();
        assertThat(all.masks("password")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"admin": {"from": ["10.0.0.0/8"]}}        | admin.from | does nothing without admin.role
            {"admin": {"role": "a", "notice": "$own"}} | admin.notice | must be a name for an event
            {"admin": {"role": "a", "roles": "b"}}     | admin.roles | is not a known key
            {"admin": {"role": "a", "follow": {"limit": "9h"}}} | admin.follow.limit | must be
            {"admin": {"role": "a", "follow": {"all": 1}}} | admin.follow.all | is not a known key
            {"admin": {"follow": {}}}                  | admin.follow | does nothing without admin.role
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
