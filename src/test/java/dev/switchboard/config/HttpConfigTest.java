package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
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
        "capacitor://localhost,capacitor://localhost",
        "https://*.Example.org,https://*.example.org",
        "https://*.example.org:8443,https://*.example.org:8443",
        "http://localhost:*,http://localhost:*"
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
                "\"https://*\"",
                "\"https://a.*.example.org\"",
                "\"https://*example.org\"",
                "\"https://example.*\"",
                "\"*://example.org\"",
                "\"https://example.org:80*\"",
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
                    assertThat(fault.message()).startsWith("must be scheme://host[:port] without a path, where *. may");
                });
    }

    @Test
    void allowedOrigins_text_isOneOrigin() {
        assertThat(read("{\"http\": {\"allowedOrigins\": \"https://example.org\"}}")
                        .http()
                        .allowedOrigins())
                .containsExactly("https://example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "example.org,https://example.org",
        "localhost:3000,http://localhost:3000",
        "*.example.org,https://*.example.org",
        ".example.org,https://*.example.org",
        "https://*example.org,https://*.example.org",
        "https://example.org/,https://example.org",
        "//example.org/chat?x=1,https://example.org",
        "https://ann@example.org,https://example.org",
        "https://example.org:99999,https://example.org",
        "https://example.org:,https://example.org",
        "http://*,*",
        "'',*"
    })
    void allowedOrigins_slip_isAnsweredWithTheNearestRightForm(String given, String meant) {
        assertThat(refusal("{\"http\": {\"allowedOrigins\": \"" + given + "\"}}")
                        .faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEqualTo("http.allowedOrigins");
                    assertThat(fault.message()).endsWith(", not \"" + given + "\", did you mean \"" + meant + "\"?");
                });
    }

    @Test
    void allowedOrigins_null_isSaidToBeEverybodys() {
        assertThat(refusal("{\"http\": {\"allowedOrigins\": \"null\"}}").getMessage())
                .contains("http.allowedOrigins: must be", "sandboxed frames");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"no\"", "\"ACCEPT\""})
    void noOrigin_ofAnyOtherKind_isAFault(String given) {
        assertThat(refusal("{\"http\": {\"noOrigin\": " + given + "}}").getMessage())
                .contains("http.noOrigin: must be \"accept\" or \"refuse\", not " + given);
    }

    @Test
    void routes_classOrObject_isTaken() {
        assertThat(read("{\"http\": {\"routes\": [\"a.Shop\", {\"class\": \"Api\", \"config\": {\"x\": 1}}]}}")
                        .http()
                        .routes())
                .containsExactly(
                        new RoutesConfig("a.Shop", new JsonObject()),
                        new RoutesConfig("Api", new JsonObject().put("x", 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "{}", "{\"class\": 1}", "{\"class\": \"A\", \"config\": 1}", "{\"class\": \"A\", \"x\": 1}"
            })
    void routes_anythingElse_isAFaultAtItsIndex(String entry) {
        assertThat(refusal("{\"http\": {\"routes\": [\"A\", " + entry + "]}}").faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.path()).isEqualTo("http.routes[1]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a=b", "ä"})
    void session_cookieOfAnImpossibleName_isAFault(String name) {
        assertThat(refusal("{\"http\": {\"session\": {\"cookie\": \"" + name + "\"}}}")
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.path()).isEqualTo("http.session.cookie"));
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

    @Test
    void limits_ofNothing_isTheUsual() {
        assertThat(read("{}").http().limits())
                .isEqualTo(new HttpLimits(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(75),
                        4096,
                        8192));
    }

    @Test
    void limits_given_isTaken() {
        assertThat(read("{\"http\": {\"headerTimeout\": \"1s\", \"bodyTimeout\": 2, \"answerTimeout\": \"300ms\","
                                + " \"keepAlive\": \"5m\", \"requestLine\": \"16KiB\", \"headerSize\": 20000}}")
                        .http()
                        .limits())
                .isEqualTo(new HttpLimits(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(300),
                        Duration.ofMinutes(5),
                        16384,
                        20000));
    }

    @ParameterizedTest
    @CsvSource({
        "headerTimeout,0",
        "headerTimeout,\"99ms\"",
        "bodyTimeout,\"2h\"",
        "answerTimeout,true",
        "keepAlive,\"-1s\"",
        "requestLine,\"2MiB\"",
        "headerSize,0"
    })
    void limits_outOfBounds_isAFault(String key, String value) {
        assertThat(refusal("{\"http\": {\"" + key + "\": " + value + "}}").faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.path()).isEqualTo("http." + key));
    }
}
