package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void environment_variables_overrideTheFile() {
        SwitchboardConfig config = read(
                "{\"http\": {\"port\": 1, \"allowedOrigins\": [\"nonsense\"]}}",
                Map.of(
                        "SWITCHBOARD_HTTP_PORT", "0",
                        "SWITCHBOARD_HTTP_HOST", "10",
                        "SWITCHBOARD_HTTP_ALLOWED_ORIGINS", "https://a.example, http://b.example:81",
                        "SWITCHBOARD_TOKEN_MAX_AGE", "7200",
                        "SWITCHBOARD_LIMITS_OUTBOX_MESSAGES", "5",
                        "SWITCHBOARD_LIMITS_OUTBOX", "2MiB",
                        "SWITCHBOARD_CLUSTER_TRUSTED_NETWORK", "true"));

        assertThat(config.http().port()).isZero();
        assertThat(config.http().host()).isEqualTo("10");
        assertThat(config.http().allowedOrigins()).containsExactly("https://a.example", "http://b.example:81");
        assertThat(config.token().maxAge()).hasHours(2);
        assertThat(config.limits().outboxMessages()).isEqualTo(5);
        assertThat(config.limits().outbox()).isEqualTo(2 << 20);
        assertThat(config.cluster().trustedNetwork()).isTrue();
    }

    @Test
    void environment_wrongVariables_areFaultsThatNameThem() {
        assertThat(refusal(
                                "{}",
                                Map.of(
                                        "SWITCHBOARD_HTTP_PORT", "tcp://10.0.0.1:80",
                                        "SWITCHBOARD_HTTP_ALLOWED_ORIGINS", "*,x",
                                        "SWITCHBOARD_TOKEN_TTL", "soon",
                                        "SWITCHBOARD_TOKEN_AUTHENTICATOR", "Missing",
                                        "SWITCHBOARD_CLUSTER_TRUSTED_NETWORK", "yes"))
                        .faults())
                .extracting(Fault::toString)
                .satisfiesExactly(
                        fault -> assertThat(fault).contains("SWITCHBOARD_HTTP_PORT", "not \"tcp://10.0.0.1:80\""),
                        fault -> assertThat(fault).contains("SWITCHBOARD_HTTP_ALLOWED_ORIGINS", "not \"x\""),
                        fault -> assertThat(fault).contains("SWITCHBOARD_TOKEN_TTL", "not \"soon\""),
                        fault -> assertThat(fault).contains("SWITCHBOARD_TOKEN_AUTHENTICATOR", "no verticle"),
                        fault -> assertThat(fault).contains("SWITCHBOARD_CLUSTER_TRUSTED_NETWORK", "not \"yes\""));
    }

    @Test
    void environment_otherVariables_areIgnored() {
        Map<String, String> others = Map.of(
                "SWITCHBOARD_PORT", "tcp://10.0.0.1:80",
                "SWITCHBOARD_SERVICE_HOST", "x",
                "SWITCHBOARD_HTTP_PORT_80_TCP", "x",
                "SWITCHBOARD_NAMESPACES", "x",
                "SWITCHBOARD_HTTP", "x",
                "PATH", "x");

        assertThat(read("{}", others)).isEqualTo(read("{}"));
    }
}
