package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.readWithKeyFile;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void token_acceptedKeys_comeFromFilesAndFromTheEnvironment(@TempDir Path directory) throws IOException {
        String other = Reading.KEY.replace('0', 'x');
        Path file = Files.writeString(directory.resolve("key"), Reading.KEY + "\n");

        assertThat(read("{}").token().acceptedKeys()).isEmpty();
        assertThat(read(
                                "{\"token\": {\"acceptedKeyFiles\": [\"" + file + "\"]}}",
                                Map.of("SWITCHBOARD_TOKEN_ACCEPTED_KEYS", other))
                        .token()
                        .acceptedKeys())
                .containsExactlyInAnyOrder(secret(Reading.KEY), secret(other));
        assertThat(read("{}", Map.of("SWITCHBOARD_TOKEN_ACCEPTED_KEY_FILES", file + "," + file))
                        .token()
                        .acceptedKeys())
                .containsExactly(secret(Reading.KEY), secret(Reading.KEY));
    }

    private static Secret secret(String key) {
        return new Secret(key.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void token_acceptedKeysThatAreNone_areFaultsWithTheirPaths() {
        assertThat(refusal("{\"token\": {\"acceptedKeys\": [\"" + Reading.KEY + "\"]}}")
                        .faults())
                .extracting(Fault::path)
                .containsExactly("token.acceptedKeys");
        assertThat(refusal("{\"token\": {\"acceptedKeyFiles\": [\"absent\", 5]}}")
                        .faults())
                .containsExactly(
                        new Fault("token.acceptedKeyFiles[0]", "names a file that cannot be read: \"absent\""),
                        new Fault("token.acceptedKeyFiles[1]", "must be the name of a file, not 5"));
        ConfigurationException refusal =
                refusal("{}", Map.of("SWITCHBOARD_TOKEN_ACCEPTED_KEYS", Reading.KEY + ",hunter2"));
        assertThat(refusal.getMessage()).contains("the key has 7 bytes").doesNotContain("hunter2", Reading.KEY);
        assertThat(refusal("{}", Map.of("SWITCHBOARD_TOKEN_ACCEPTED_KEYS", (Reading.KEY + ",").repeat(9)))
                        .getMessage())
                .contains("more than 8 keys");
    }

    @Test
    void token_issuer_isReadWithItsDefaults(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("jwks"), "{}");
        IssuerConfig url = read("{\"token\": {\"jwks\": \"https://id.example.com/keys?a=b\", \"issuer\": \"me\"}}")
                .token()
                .issuer()
                .orElseThrow();

        assertThat(read("{}").token().issuer()).isEmpty();
        assertThat(url)
                .isEqualTo(new IssuerConfig(
                        URI.create("https://id.example.com/keys?a=b"),
                        Optional.of("me"),
                        "switchboard",
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10)));
        IssuerConfig local = read(
                        "{}", Map.of("SWITCHBOARD_TOKEN_JWKS", file.toString(), "SWITCHBOARD_TOKEN_AUDIENCE", "app"))
                .token()
                .issuer()
                .orElseThrow();
        assertThat(local.jwks()).isEqualTo(file.toUri());
        assertThat(local.audience()).isEqualTo("app");
        assertThat(local.refresh()).isEqualTo(local.maxAge()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example.com/keys",
                "http://127.0.0.1.example.com/keys",
                "http://10.0.0.1/keys",
                "https://user:pass@id.example.com/keys",
                "https:///keys",
                "https://a b/",
                "absent.json",
                "/"
            })
    void token_keysOfAnIssuerThatCannotBeTrustedOrRead_areAFault(String jwks) {
        assertThat(refusal(new JsonObject().put("token", new JsonObject().put("jwks", jwks)))
                        .faults())
                .extracting(Fault::path)
                .containsExactly("token.jwks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8080/keys", "http://localhost/keys", "http://[::1]:1/", "HTTPS://a.example/"})
    void token_keysOfAnIssuerOnThisMachineOrEncrypted_areTaken(String jwks) {
        assertThat(read(new JsonObject()
                                .put("token", new JsonObject().put("jwks", jwks))
                                .encode())
                        .token()
                        .issuer())
                .isPresent();
    }

    @Test
    void token_issuerWithoutKeys_isAFault() {
        assertThat(refusal("{\"token\": {\"issuer\": \"me\", \"audience\": \"app\"}}")
                        .faults())
                .extracting(Fault::path)
                .containsExactly("token.issuer", "token.audience");
    }
}
