package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DrainConfigTest {
    private static String http(String keys) {
        return "{\"http\": {" + keys.replace('\'', '"') + "}}";
    }

    private static DrainConfig drain(String keys) {
        return read(http(keys)).http().drain();
    }

    @Test
    void drain_absent_hasDefaults_andNobodyMayAskForIt() {
        DrainConfig drain = drain("");

        assertThat(drain.from()).isEmpty();
        assertThat(drain.spread()).isEqualTo(Duration.ofSeconds(2));
        assertThat(drain.limit()).isEqualTo(Duration.ofSeconds(20));
        assertThat(drain.url()).isEmpty();
    }

    @Test
    void drain_withAllKeys_isRead() {
        DrainConfig drain = drain(
                "'drain': {'from': ['10.0.0.0/8'], 'spread': '0s', 'limit': '1m', 'url': 'https://node1.example.org'}");

        assertThat(drain.from()).hasSize(1);
        assertThat(drain.spread()).isEqualTo(Duration.ZERO);
        assertThat(drain.limit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(drain.url()).isEqualTo(Optional.of("https://node1.example.org"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'drain': true                                  | http.drain
            'drain': {'from': '10.0.0.0/8'}                | http.drain.from
            'drain': {'from': ['localhost']}               | http.drain.from[0]
            'drain': {'from': ['::1', '10.0.0.0/33']}      | http.drain.from[1]
            'drain': {'spread': '11m'}                     | http.drain.spread
            'drain': {'spread': '-1s'}                     | http.drain.spread
            'drain': {'limit': '999ms'}                    | http.drain.limit
            'drain': {'limit': true}                       | http.drain.limit
            'drain': {'url': 'node1.example.org'}          | http.drain.url
            'drain': {'url': 'https://node1 example.org'}  | http.drain.url
            'drain': {'url': 'ftp://node1.example.org'}    | http.drain.url
            'drain': {'form': []}                          | http.drain.form
            """)
    void drain_thatCannotBe_isAFaultAtItsPath(String keys, String path) {
        assertThat(refusal(http(keys)).faults()).extracting(Fault::path).containsExactly(path);
    }

    @Test
    void drain_withSeveralFaults_tellsAllOfThem() {
        assertThat(refusal(http("'drain': {'from': [7], 'spread': 'soon', 'limit': '0s', 'url': '/'}"))
                        .faults())
                .extracting(Fault::path)
                .containsExactlyInAnyOrder(
                        "http.drain.from[0]", "http.drain.spread", "http.drain.limit", "http.drain.url");
    }
}
