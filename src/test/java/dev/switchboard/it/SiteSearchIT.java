package dev.switchboard.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import dev.switchboard.site.SitePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The search of the site, on pages that lie on a disk. */
@Timeout(120)
class SiteSearchIT {
    @TempDir
    private static Path folder;

    @AutoClose
    private final Chromium chromium = Chromium.launch();

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private Page page;

    @BeforeEach
    void open() throws IOException {
        page("start.html", "Quick start", "First steps", "How to begin with rooms.");
        page(
                "limits.html",
                "Limits",
                "Slow readers",
                "What becomes of <code>outbox</code> &lt;b&gt;messages&lt;/b&gt;.");
        Files.createDirectories(folder.resolve("js"));
        Files.writeString(folder.resolve("js/search.js"), Files.readString(Path.of("src/site/resources/js/search.js")));
        assertThat(SitePages.finish(folder)).isEmpty();
        BrowserContext profile = chromium.profile(1000, 700);
        page = profile.newPage();
        page.onRequest((Request request) -> requests.add(request.url()));
        page.navigate(folder.resolve("start.html").toUri().toString());
    }

    private static void page(String name, String title, String heading, String text) throws IOException {
        Files.writeString(folder.resolve(name), """
                <!doctype html><html><head><title>%s</title></head><body><header id="leftColumn"></header>
                <main id="bodyColumn"><a id="x"></a><h1>%s</h1><p>All about it.</p>
                <a id="y"></a><h2>%s</h2><p>%s</p></main></body></html>""".formatted(title, title, heading, text));
    }

    private Locator results() {
        return page.locator("#search li");
    }

    private void search(String words) {
        page.getByRole(AriaRole.SEARCHBOX).fill(words);
    }

    @Test
    void words_findTheirSection_andEnterLeadsThere_withoutANetwork() {
        page.keyboard().press("/");
        page.keyboard().type("SLOW outb");
        assertThat(results()).hasCount(1);
        assertThat(results().locator("a")).hasText("Limits: Slow readers");
        assertThat(results().locator("p")).containsText("outbox <b>messages</b>");

        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile("limits\\.html#slow-readers$"));
        assertThat(requests).isNotEmpty().allMatch(url -> url.startsWith("file:"));
    }

    @Test
    void heading_isBeforeText_andNothingIsSaidToBeNothing() {
        search("limits");
        assertThat(results().locator("a").first()).hasText("Limits");

        search("rooms outbox");
        assertThat(results()).hasText("Nothing has all of these words.");

        page.keyboard().press("Escape");
        assertThat(results()).hasCount(0);
    }
}
