package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.readWithKeyFile;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenConfigTest {
    @Test
    void token_maxAgeShorterThanTtl_isAFault() {
        assertThat(refusal("{\"token\": {\"ttl\": \"2d\"}}").faults())
                .containsExactly(
                        new Fault("token.maxAge", "is 1d, but must not be shorter than token.ttl, which is 2d"));
    }

    @Test
    void token_keyInTheFileItself_isAFaultThatShowsNothing() {
        ConfigurationException refusal = refusal("{\"token\": {\"key\": \"" + Reading.KEY + "\"}}");

        assertThat(refusal.faults())
                .containsExactly(new Fault(
                        "token.key",
                        "a secret does not belong here: put it into the environment as SWITCHBOARD_TOKEN_KEY, or into"
                                + " a file that token.keyFile names"));
        assertThat(refusal.getMessage()).doesNotContain(Reading.KEY);
    }

    @Test
    void token_keyOfFileAndOfVariable_areTheSameKey(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("key"), Reading.KEY + "\r\n");

        Optional<Secret> ofFile = readWithKeyFile(file).token().key();
        Optional<Secret> ofVariable =
                read("{}", Map.of("SWITCHBOARD_TOKEN_KEY", Reading.KEY)).token().key();

        assertThat(ofFile).contains(new Secret(Reading.KEY.getBytes(StandardCharsets.UTF_8)));
        assertThat(ofVariable).isEqualTo(ofFile);
        assertThat(ofFile.toString()).isEqualTo("Optional[Secret[redacted]]");
        assertThat(read("{}", Map.of("SWITCHBOARD_TOKEN_KEY_FILE", file.toString()))
                        .token()
                        .key())
                .isEqualTo(ofFile);
    }

    @Test
    void token_bothKeys_isAFault(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("key"), Reading.KEY);

        assertThat(refusal(
                                new JsonObject().put("token", new JsonObject().put("keyFile", file.toString())),
                                Map.of("SWITCHBOARD_TOKEN_KEY", Reading.KEY))
                        .faults())
                .containsExactly(new Fault("token.keyFile", "must not be given together with SWITCHBOARD_TOKEN_KEY"));
    }

    @Test
    void token_shortKey_isAFaultThatShowsNothing(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("key"), "hunter2\n");

        assertThat(refusal("{}", Map.of("SWITCHBOARD_TOKEN_KEY", "hunter2")).faults())
                .containsExactly(new Fault("SWITCHBOARD_TOKEN_KEY", "the key has 7 bytes, but must have at least 32"));
        assertThatThrownBy(() -> readWithKeyFile(file))
                .hasMessageContaining("token.keyFile: the key has 7 bytes, but must have at least 32");
    }

    @Test
    void token_keyFileUnreadable_isAFault(@TempDir Path directory) {
        for (String name : List.of("absent", ".", "nul\0")) {
            assertThatThrownBy(() -> read(new JsonObject()
                            .put("token", new JsonObject().put("keyFile", directory + "/" + name))
                            .encode()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("token.keyFile: names a file that cannot be read: ");
        }
    }

    @Test
    void token_keyFileTooLarge_isAFault(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("key"), new byte[64 * 1024 + 1]);

        assertThatThrownBy(() -> readWithKeyFile(file)).hasMessageContaining("more than 65536 bytes, which is no key");
    }
}
