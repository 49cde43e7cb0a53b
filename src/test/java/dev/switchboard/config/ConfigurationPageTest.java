package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that have tables of settings, beside what the readers declare. */
final class ConfigurationPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/configuration.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)`(?: \\|[^|]*){3}\\|$", Pattern.MULTILINE);

    @Test
    void everyKeyThatIsRead_hasAMeaning() {
        assertThat(SettingsTables.settings().entrySet().stream()
                        .filter(setting -> setting.getValue()
                                .map(Setting::meaning)
                                .orElse("")
                                .isBlank())
                        .map(Map.Entry::getKey))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/site/markdown/configuration.md"})
    void tables_areWhatTheReadersDeclare(Path page) throws IOException {
        String text = Files.readString(page);

        assertThat(text).contains("<!-- settings: ");
        assertThat(text).as("./run.sh site fills the tables").isEqualTo(SettingsTables.filled(page, text));
    }

    @Test
    void page_hasARowForEveryKeyThatIsRead() throws IOException {
        List<String> keys = SettingsTables.settings().entrySet().stream()
                .map(setting ->
                        SettingsTables.name(setting.getKey(), setting.getValue().orElseThrow()))
                .toList();

        assertThat(ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)))
                .hasSizeGreaterThan(100)
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    /** A default that a machine or another key decides is told in words, or the page would differ from one to the next. */
    @Test
    void defaults_thatDepend_areTold_inWords() {
        assertThat(SettingsTables.settings().entrySet().stream()
                        .filter(setting ->
                                !setting.getValue().orElseThrow().otherwise().isEmpty())
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "http.contentSecurityPolicy",
                        "limits.outboundTotal",
                        "limits.sendBuffer",
                        "limits.tcpConnections",
                        "namespaces.N.allowedOrigins",
                        "namespaces.N.noOrigin",
                        "namespaces.N.socketIds",
                        "token.jwksMaxAge",
                        "token.jwksRefresh");
    }
}
