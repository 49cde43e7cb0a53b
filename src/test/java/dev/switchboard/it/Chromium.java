package dev.switchboard.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A browser for the thread that launched it, which is the test's own: Playwright is for one thread. */
final class Chromium implements AutoCloseable {
    private static final int PATIENCE_MS = 40_000;

    /** It asks nobody outside. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private int profiles;

    private Chromium() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(ARGUMENTS));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    /** Aborts the test where there is no browser. */
    static Chromium launch() {
        Prerequisites.require(BrowserPuppet.missing());
        return new Chromium();
    }

    /** A fresh profile: a person who shares nothing with the others. */
    BrowserContext profile(int width, int height) {
        profiles++;
        BrowserContext profile = browser.newContext(new Browser.NewContextOptions()
                .setLocale("en-GB")
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, height));
        profile.setDefaultTimeout(PATIENCE_MS);
        return profile;
    }

    /** How many profiles there have been so far. */
    int profiles() {
        return profiles;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
