package dev.switchboard.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One Chromium for all tests of this JVM, with a page of each server's own origin. The page is spoken to over a
 * WebSocket, since Playwright is for one thread, and hears only while it is asked.
 */
final class BrowserPuppet {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCRIPT = Path.of("src", "test", "js", "support", "puppet.mjs");

    /** Made when first asked for. */
    private static final class Shared {
        static final BrowserPuppet BROWSER = new BrowserPuppet();
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread one = new Thread(task, "playwright");
        one.setDaemon(true);
        return one;
    });
    private final Map<String, Puppet> pages = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<ServerWebSocket>> controls = new ConcurrentHashMap<>();
    private final String script;
    private final HttpServer control;
    private final BrowserContext browser;

    private BrowserPuppet() {
        try {
            script = Files.readString(SCRIPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        control = TestServer.await(Vertx.vertx()
                .createHttpServer()
                .webSocketHandler(socket -> controls.remove(socket.path()).complete(socket))
                .listen(0, "127.0.0.1"));
        browser = on(BrowserPuppet::launch);
    }

    /** The page of the server of this address. */
    static Puppet shared(URI address) {
        return Shared.BROWSER.pages.computeIfAbsent(
                address.getScheme() + "://" + address.getAuthority(), Shared.BROWSER::page);
    }

    /** From now on all its pages have this one cookie, {@code name=value}; empty for none. */
    static void cookie(String cookie) {
        Shared.BROWSER.on(() -> {
            Shared.BROWSER.browser.clearCookies();
            if (!cookie.isEmpty()) {
                String[] parts = cookie.split("=", 2);
                Shared.BROWSER.browser.addCookies(List.of(
                        new Cookie(parts[0], parts[1]).setDomain("127.0.0.1").setPath("/")));
            }
            return cookie;
        });
    }

    /** Why there is none; empty when there is. */
    static String missing() {
        return Files.isExecutable(CHROMIUM) ? "" : "there is no " + CHROMIUM;
    }

    private static BrowserContext launch() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")))
                .newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
    }

    private Puppet page(String origin) {
        String name = "/" + URI.create(origin).getPort();
        CompletableFuture<ServerWebSocket> socket = new CompletableFuture<>();
        controls.put(name, socket);
        Puppet puppet = new Puppet(line -> socket.join().writeTextMessage(line));
        CompletableFuture<?> listening = socket.thenAccept(open -> open.textMessageHandler(puppet::heard));
        on(() -> {
            Page page = browser.newPage();
            page.navigate(origin + "/health/live");
            return page.addScriptTag(new Page.AddScriptTagOptions()
                    .setType("module")
                    .setContent(script + "inPage('ws://127.0.0.1:" + control.actualPort() + name + "');"));
        });
        listening.orTimeout(Inbox.DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
        return puppet;
    }

    private <T> T on(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, thread)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
