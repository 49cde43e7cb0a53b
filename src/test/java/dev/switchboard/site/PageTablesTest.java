package dev.switchboard.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables in the pages, beside what the code declares. */
final class PageTablesTest {
    @ParameterizedTest
    @CsvSource({
        "README.md, settings",
        "src/site/markdown/configuration.md, settings",
        "src/site/markdown/metrics.md, meters"
    })
    void tables_areWhatTheCodeDeclares(Path page, String kind) throws IOException {
        String text = Files.readString(page);

        assertThat(text).contains("<!-- " + kind + ": ");
        assertThat(text).as("./run.sh site fills the tables").isEqualTo(PageTables.filled(page, text));
    }

    @Test
    void table_ofWhatNobodyDeclares_isRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PageTables.filled(
                        Path.of("README.md"), "<!-- meters: switchboard_none -->\n<!-- end of meters -->"))
                .withMessage("README.md wants switchboard_none, which nobody declares");
    }

    /** The pages of the site stand beside each other; those at the top of the repository have a longer way. */
    @Test
    void link_leadsToThePage_fromWhereverTheTableStands() {
        String table = "<!-- meters: switchboard_resumes_total -->\n<!-- end of meters -->";

        assertThat(PageTables.filled(Path.of("src/site/markdown/metrics.md"), table))
                .contains("](resume.md)");
        assertThat(PageTables.filled(Path.of("README.md"), table)).contains("](src/site/markdown/resume.md)");
    }
}
