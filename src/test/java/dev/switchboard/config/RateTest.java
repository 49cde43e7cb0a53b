package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
    @ParameterizedTest
    @CsvSource({"5/s,5,1,5", "100/m,100,60,100", "2/h,2,3600,2", "10/s burst 50,10,1,50", "10/s burst 1,10,1,1"})
    void rate_asText_isRead(String text, int times, int seconds, int burst) {
        assertThat(read("{\"limits\": {\"auths\": \"" + text + "\"}}").limits().auths())
                .isEqualTo(new Rate(times, Duration.ofSeconds(seconds), burst));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "\"5\"",
                "\"0/s\"",
                "\"-1/s\"",
                "\"5/d\"",
                "\"5/s burst 0\"",
                "\"5/s burst\"",
                "\"5 /s\"",
                "\"1000000000/s\"",
                "{}"
            })
    void rate_notOne_isAFault(String value) {
        assertThat(refusal("{\"limits\": {\"auths\": " + value + "}}").faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEqualTo("limits.auths");
                    assertThat(fault.message()).startsWith("must be a rate such as \"5/s\"");
                });
    }

    @Test
    void rate_ofTheEnvironment_wins() {
        assertThat(read("{}", Map.of("SWITCHBOARD_LIMITS_CONNECTION_RATE", "7/m burst 8"))
                        .nodeLimits()
                        .connectionRate())
                .isEqualTo(new Rate(7, Duration.ofMinutes(1), 8));
    }

    @Test
    void untilFull_isAtLeastWhatTheBurstTakes() {
        assertThat(new Rate(3, Duration.ofSeconds(1), 10).untilFull()).isGreaterThan(Duration.ofMillis(3_333));
        assertThat(new Rate(1, Duration.ofHours(1), 999_999_999).untilFull()).isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void tcpConnections_unlessSaid_areTwiceTheConnectionsAndSome() {
        assertThat(read("{\"limits\": {\"connections\": 7}}").nodeLimits().tcpConnections())
                .isEqualTo(1_014);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"say": {"socket": "5"}}   | namespaces./.rates.say.socket | must be a rate such as "5/s", "100/m" or "10/s burst 50", not "5"
            {"say": {"sockte": "5/s"}} | namespaces./.rates.say        | names no rate: it has "socket", "user" or "address"
            {"say": {}}                | namespaces./.rates.say        | names no rate: it has "socket", "user" or "address"
            {"say": "5/s"}             | namespaces./.rates.say        | must be an object, not "5/s"
            {"auth": {"user": "1/s"}}  | namespaces./.rates.auth       | this event name is the server's own
            {"open": {"user": "1/s"}}  | namespaces./.rates.open       | no client sends this event
            """)
    void rates_ofAnEvent_areCheckedAtTheirPath(String rates, String path, String message) {
        assertThat(refusal("{\"namespaces\": {\"/\": {\"rates\": " + rates + "}}}")
                        .faults())
                .first()
                .isEqualTo(new Fault(path, message));
    }
}
