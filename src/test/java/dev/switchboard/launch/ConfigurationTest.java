package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {
    @TempDir
    private Path folder;

    private SearchPath searchPath;

    @BeforeEach
    void folders() throws IOException {
        searchPath = new SearchPath(
                Files.createDirectory(folder.resolve("here")), Files.createDirectory(folder.resolve("home")));
    }

    @Test
    void parse_json_isTakenAsItStands() {
        assertThat(Configuration.parse(" {\"a\": 1}", searchPath)).isEqualTo(new JsonObject().put("a", 1));
    }

    @Test
    void parse_fileInBothFolders_prefersTheWorkingDirectory() throws IOException {
        Files.writeString(searchPath.home().resolve("c.json"), "{\"from\":\"home\"}");
        assertThat(from("c.json")).isEqualTo("home");
        Files.writeString(searchPath.workingDirectory().resolve("c.json"), "{\"from\":\"here\"}");
        assertThat(from("c.json")).isEqualTo("here");
    }

    @Test
    void parse_noSuchFile_isNamed() {
        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> Configuration.parse("c.json", searchPath))
                .withMessage("c.json: no such file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\n  \"a\": 1,\n}` | c.json, line 3, column 1: Unexpected character",
                "`{\"a\": 1} x` | c.json, line 1, column 11: Unrecognized token 'x'",
                "`{\"a\": [1}` | c.json, line 1, column 9: Unexpected close marker '}': expected ']'",
                "`[1]` | c.json: not a JSON object",
                "`` | c.json: not a JSON object",
                "`12` | c.json: not a JSON object",
            })
    void parse_fileThatIsNoJsonObject_saysWhereInOneLine(String text, String message) throws IOException {
        Files.writeString(searchPath.workingDirectory().resolve("c.json"), text);
        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> Configuration.parse("c.json", searchPath))
                .satisfies(
                        fault -> assertThat(fault).message().startsWith(message).hasLineCount(1));
    }

    private String from(String file) {
        return Configuration.parse(file, searchPath).getString("from");
    }
}
