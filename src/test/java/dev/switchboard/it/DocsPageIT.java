package dev.switchboard.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /docs} in a browser. With {@code -Dswitchboard.test.screenshots=FOLDER} it is photographed. */
class DocsPageIT {
    private static final String SCREENSHOTS = System.getProperty("switchboard.test.screenshots", "");
    private static final String EVIL = "<img src=x onerror=document.title='taken'>";

    @AutoClose
    private static Chromium chromium;

    private static TestServer server;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        server = TestServer.start(
                1,
                DocsIT.config()
                        .mergeIn(
                                new JsonObject()
                                        .put(
                                                "namespaces",
                                                new JsonObject()
                                                        .put(
                                                                "/evil",
                                                                new JsonObject()
                                                                        .put(
                                                                                "schemas",
                                                                                new JsonObject()
                                                                                        .put(
                                                                                                EVIL,
                                                                                                new JsonObject()
                                                                                                        .put(
                                                                                                                "description",
                                                                                                                EVIL)
                                                                                                        .put(
                                                                                                                "in",
                                                                                                                new JsonObject()
                                                                                                                        .put(
                                                                                                                                "description",
                                                                                                                                EVIL)))))),
                                true));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Page open(BrowserContext profile, List<String> troubles) {
        Page page = profile.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                troubles.add(message.text());
            }
        });
        page.onPageError(troubles::add);
        page.navigate(server.url("/docs"));
        return page;
    }

    @Test
    void page_showsWhatIsDeclared() {
        List<String> troubles = new ArrayList<>();
        try (BrowserContext profile = chromium.profile(1200, 900)) {
            Page page = open(profile, troubles);
            Locator say = page.locator("article", new Page.LocatorOptions().setHasText("Says it to a room."));

            assertThat(say.locator("h3")).hasText("say");
            assertThat(say).containsText("clients send");
            assertThat(say.locator("li").first()).containsText("text string");
            assertThat(say).containsText("maxLength 500");
            assertThat(page.locator("[data-event='user joined']")).containsText("clients are sent");
            // What leads back into itself ends.
            assertThat(say).containsText("within");

            page.getByLabel("Filter").fill("JOIN");
            assertThat(say).isHidden();
            assertThat(page.locator("[data-event='user joined']")).isVisible();
            page.getByLabel("Filter").fill("");
            photograph(page, "docs-light");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            photograph(page, "docs-dark");
        }
        Assertions.assertThat(troubles).isEmpty();
    }

    @Test
    void page_takesNoMarkupFromDeclarations() {
        List<String> troubles = new ArrayList<>();
        try (BrowserContext profile = chromium.profile(1200, 900)) {
            Page page = open(profile, troubles);

            assertThat(page.locator("h3", new Page.LocatorOptions().setHasText("onerror")))
                    .hasText(EVIL);
            assertThat(page.locator("main img")).hasCount(0);
        }
        Assertions.assertThat(troubles).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390})
    void page_onAPhone_needsNoScrollingAside(int width) {
        try (BrowserContext profile = chromium.profile(width, 800)) {
            Page page = open(profile, new ArrayList<>());
            assertThat(page.locator("[data-event='say']").first()).isVisible();

            Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(width);
            photograph(page, "docs-phone-" + width);
        }
    }

    private static void photograph(Page page, String name) {
        if (!SCREENSHOTS.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(SCREENSHOTS, name + ".png"))
                    .setFullPage(true));
        }
    }
}
