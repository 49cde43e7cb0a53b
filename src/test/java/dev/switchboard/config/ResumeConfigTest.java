package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResumeConfigTest {
    private static String namespace(String keys) {
        return "{\"namespaces\": {\"/\": {" + keys.replace('\'', '"') + "}}}";
    }

    private static Optional<ResumeConfig> resume(String keys) {
        return read(namespace(keys), Map.of()).namespaces().get("/").resume();
    }

    @Test
    void resume_absent_isOff() {
        assertThat(resume("")).isEmpty();
    }

    @Test
    void resume_emptyObject_hasDefaults() {
        assertThat(resume("'resume': {}")).contains(new ResumeConfig(Duration.ofMinutes(2), 10_000, 1 << 20, 1));
    }

    @Test
    void resume_withAllKeys_isRead() {
        assertThat(resume("'resume': {'window': '30s', 'entries': 50, 'bytes': '64KiB', 'nodes': 2}"))
                .contains(new ResumeConfig(Duration.ofSeconds(30), 50, 64 << 10, 2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'resume': true                                                           | namespaces./.resume
            'resume': {'window': '10ms'}                                             | namespaces./.resume.window
            'resume': {'entries': 0}                                                 | namespaces./.resume.entries
            'resume': {'bytes': '1GiB'}                                              | namespaces./.resume.bytes
            'resume': {'nodes': 0}                                                   | namespaces./.resume.nodes
            'resume': {'windo': '1m'}                                                | namespaces./.resume.windo
            'resume': {}, 'dialect': 'text'                                          | namespaces./.resume
            'resume': {}, 'overflow': 'drop-oldest'                                  | namespaces./.resume
            'resume': {}, 'overflows': {'tick': {'policy': 'latest', 'key': '/car'}} | namespaces./.resume
            """)
    void resume_thatCannotBe_isAFaultAtItsPath(String keys, String path) {
        assertThat(refusal(namespace(keys)).faults()).extracting(Fault::path).containsExactly(path);
    }
}
