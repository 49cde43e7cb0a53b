package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {
    @ParameterizedTest
    @CsvSource({
        "*,*",
        "https://example.org,https://example.org",
        "HTTPS://Example.org:443,https://example.org",
        "http://localhost:80,http://localhost",
        "http://localhost:443,http://localhost:443",
        "http://[::1]:8080,http://[::1]:8080",
        "capacitor://localhost,capacitor://localhost"
    })
    void allowedOrigins_origin_isTakenAsBrowsersSendIt(String given, String taken) {
        assertThat(read("{\"http\": {\"allowedOrigins\": [\"" + given + "\"]}}")
                        .http()
                        .allowedOrigins())
                .containsExactly(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"example.org\"",
                "\"https://example.org/\"",
                "\"https://example.org:99999\"",
                "\"https://\"",
                "\"https://*.example.org\"",
                "\"null\"",
                "\"\"",
                "5",
                "null"
            })
    void allowedOrigins_noOrigin_isAFaultAtItsIndex(String entry) {
        assertThat(refusal("{\"http\": {\"allowedOrigins\": [\"*\", " + entry + "]}}")
                        .faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEqualTo("http.allowedOrigins[1]");
                    assertThat(fault.message()).startsWith("must be scheme://host[:port] without a path, or *, not ");
                });
    }

    @Test
    void trustedProxies_addressesAndBlocks_areTaken() {
        assertThat(read("{\"http\": {\"trustedProxies\": [\"127.0.0.1\", \"fd00::/8\"]}}")
                        .http()
                        .trustedProxies())
                .extracting(network -> network.first().getHostAddress() + "/" + network.bits())
                .containsExactly("127.0.0.1/32", "fd00:0:0:0:0:0:0:0/8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"10.0.0.1/8\"", "\"proxy.example\"", "\"*\"", "8", "null"})
    void trustedProxies_noNetwork_isAFaultAtItsIndex(String entry) {
        assertThat(refusal("{\"http\": {\"trustedProxies\": [\"::1\", " + entry + "]}}")
                        .faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEqualTo("http.trustedProxies[1]");
                    assertThat(fault.message()).startsWith("must be an address such as 10.0.0.7 or a block ");
                });
    }
}
