package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    @ParameterizedTest
    @CsvSource({"1B,1", "1 KiB,1024", "64KiB,65536", "256MiB,268435456"})
    void size_withUnit_countsBytes(String text, int bytes) {
        assertThat(read("{\"limits\": {\"message\": \"" + text + "\"}}")
                        .limits()
                        .message())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-5",
                "1.5",
                "\"0B\"",
                "\"1KB\"",
                "\"1kib\"",
                "\"257MiB\"",
                "\"9999999999GiB\"",
                "\"\"",
                "1e300"
            })
    void size_notOne_isAFault(String value) {
        assertThat(refusal("{\"limits\": {\"message\": " + value + "}}").faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEqualTo("limits.message");
                    assertThat(fault.message()).startsWith("must be a size from 1B to 256MiB such as");
                });
    }

    @ParameterizedTest
    @CsvSource({"\"500ms\",500", "\"30s\",30000", "\"5m\",300000", "\"1h\",3600000", "2,2000", "0.25,250", "7.0,7000"})
    void duration_withUnitOrInSeconds_isRead(String value, long millis) {
        assertThat(read("{\"limits\": {\"handshake\": " + value + "}}").limits().handshake())
                .hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "\"0s\"", "\"30\"", "\"30 sec\"", "\"1h30m\"", "\"2h\"", "1e300", "1e-300", "true"})
    void duration_notOne_isAFault(String value) {
        assertThat(refusal("{\"limits\": {\"handshake\": " + value + "}}").faults())
                .singleElement()
                .satisfies(
                        fault -> assertThat(fault.message()).startsWith("must be a duration from 1ms to 1h such as"));
    }
}
