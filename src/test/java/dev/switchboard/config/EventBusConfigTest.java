package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventBusConfigTest {
    private static SwitchboardConfig read(String eventBus) {
        return SwitchboardConfig.read(
                new JsonObject().put("eventbus", new JsonObject(eventBus)), Map.of(), verticle -> true);
    }

    @Test
    void read_withoutAnAddress_isOff() {
        assertThat(read("{}").eventBus()).isEmpty();
        assertThat(read("{\"inbound\": [], \"outbound\": []}").eventBus()).isEmpty();
    }

    @Test
    void read_addresses_needsTokensUnlessToldOtherwise() {
        EventBusConfig bridge = read("{\"inbound\": [\"chat.say\"], \"outbound\": [\"chat.*\", \"z*\"]}")
                .eventBus()
                .orElseThrow();
        assertThat(bridge.inbound()).containsExactly("chat.say");
        assertThat(bridge.outbound()).containsExactly("chat.*", "z*");
        assertThat(bridge.auth()).isEqualTo(NamespaceConfig.Auth.REQUIRED);
        assertThat(bridge.registrations()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"inbound": ["switchboard.verbs"]}           | eventbus.inbound[0]    | must be an address
            {"inbound": ["a", "switchboard.hub.*"]}      | eventbus.inbound[1]    | must be an address
            {"outbound": ["switch*"]}                    | eventbus.outbound[0]   | must be an address
            {"outbound": ["__vertx.*"]}                  | eventbus.outbound[0]   | must be an address
            {"outbound": ["_*"]}                         | eventbus.outbound[0]   | must be an address
            {"outbound": ["*"]}                          | eventbus.outbound[0]   | must be an address
            {"outbound": ["a*b"]}                        | eventbus.outbound[0]   | must be an address
            {"outbound": [""]}                           | eventbus.outbound[0]   | must be an address
            {"auth": "none"}                             | eventbus.auth          | does nothing without eventbus.inbound
            {"inbound": ["a"], "auth": "maybe"}          | eventbus.auth          | must be "required" or "none"
            {"inbound": ["a"], "registrations": 0}       | eventbus.registrations | must be a number from 1
            {"inbound": ["a"], "in": ["b"]}              | eventbus.in            | is not a known key
            """)
    void read_whatIsNone_isAFault(String eventBus, String path, String message) {
        assertThatThrownBy(() -> read(eventBus))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.faults()).singleElement().satisfies(fault -> {
                            assertThat(fault.path()).isEqualTo(path);
                            assertThat(fault.message()).contains(message);
                        }));
    }
}
