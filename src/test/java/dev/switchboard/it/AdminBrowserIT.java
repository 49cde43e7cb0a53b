package dev.switchboard.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The admin page in a browser, at one of two nodes, while clients of both talk. With {@code
 * -Dswitchboard.test.screenshots=FOLDER} it is photographed.
 */
@Timeout(170)
class AdminBrowserIT {
    private static final String SCREENSHOTS = System.getProperty("switchboard.test.screenshots", "");
    private static final String EVIL = "<img src=x onerror=document.title='taken'>";

    @AutoClose
    private static Chromium chromium;

    private static TestServer server;
    private static final AtomicBoolean talking = new AtomicBoolean(true);
    private static final ExecutorService talker = Executors.newSingleThreadExecutor();

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        server = TestServer.start(2, new JsonObject("""
                {"admin": {"role": "admin", "follow": {"show": ["say"]}},
                 "namespaces": {"/": {"rates": {"say": {"socket": "500/s"}, "join": {"socket": "500/s"}}}}}"""));
        for (int node = 0; node < 2; node++) {
            server.handle(
                    node,
                    "/",
                    1,
                    ThreadingModel.WORKER,
                    on -> on.event(
                                    "say",
                                    (socket, data) -> Future.all(
                                                    socket.toRoom("lobby").emit("said", data),
                                                    socket.emit("told", data))
                                            .mapEmpty())
                            .event("join", (socket, data) -> socket.join(data.string())));
        }
    }

    @AfterAll
    static void stop() {
        talking.set(false);
        talker.shutdown();
        if (server != null) {
            server.close();
        }
    }

    private TestClient comes(String user) {
        TestClient client = clients.openAs(user);
        client.ack(client.ask("join", "lobby"));
        return client;
    }

    private void talk() {
        TestClient[] all = new TestClient[8];
        for (int n = 0; n < all.length; n++) {
            all[n] = comes("guest-" + n);
        }
        talker.execute(() -> {
            for (int n = 0; talking.get(); n++) {
                TestClient one = all[n % all.length];
                one.ask("say", "word " + n);
                if (n % 50 == 0) {
                    one.ask("unheard of", n);
                }
                LockSupport.parkNanos(Duration.ofMillis(4 + (n / 500) % 3 * 6).toNanos());
            }
        });
    }

    private static Page open(BrowserContext profile, String token) {
        Page page = profile.newPage();
        page.navigate(server.url("/admin"));
        page.getByText("I have a token").click();
        page.getByLabel("Page token").fill(token);
        page.getByText("Log in").last().click();
        return page;
    }

    private static void photograph(Page page, String name) {
        if (!SCREENSHOTS.isEmpty()) {
            page.evaluate("scrollTo(0, 0)");
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(SCREENSHOTS, name + ".png"))
                    .setFullPage(true));
        }
    }

    private static void photographAll(Page page) {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            String name = scheme.name().toLowerCase(Locale.ROOT);
            page.setViewportSize(1280, 900);
            page.waitForTimeout(SCREENSHOTS.isEmpty() ? 0 : 500);
            photograph(page, "desktop-" + name);
            page.setViewportSize(390, 844);
            page.waitForTimeout(SCREENSHOTS.isEmpty() ? 0 : 500);
            photograph(page, "phone-" + name);
        }
        page.setViewportSize(1280, 900);
    }

    @Test
    void admin_seesBothNodesFindsAUserAndActs() {
        BrowserContext profile = chromium.profile(1280, 900);
        WatchedPage watched = new WatchedPage(profile);
        Page page = watched.page();
        talk();
        TestClient ann = clients.open(
                "/", Clients.query("token", Tokens.sign(Tokens.claims("ann").put("name", EVIL), Tokens.KEY)));
        ann.ack(ann.ask("join", EVIL));
        page.navigate(server.url("/admin"));
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Switchboard admin")))
                .isVisible();
        photograph(page, "door");
        page.getByText("I have a token").click();
        page.getByLabel("Page token").fill(AdminIT.token("admin", Tokens.KEY));
        page.locator("#log-in .primary").click();

        assertThat(page.locator("#node-table tbody tr")).hasCount(2);
        assertThat(page.locator("#cluster")).hasText(Pattern.compile("2 nodes · safe · [1-9].*/s between them"));
        assertThat(page.locator("#event-table")).containsText("say");
        assertThat(page.locator("#event-table")).containsText("other");
        assertThat(page.locator("#trouble-tables")).containsText("UNKNOWN_EVENT");
        Locator in = page.locator(".tile", new Page.LocatorOptions().setHasText("Events in"))
                .locator("strong");
        assertThat(in).hasText(Pattern.compile("[1-9].*"));
        Locator latency = page.locator(".tile", new Page.LocatorOptions().setHasText("Latency"))
                .locator("strong");
        assertThat(latency).hasText(Pattern.compile(".* m?s"));
        assertThat(page.locator("svg[aria-label^='Events per second: in ']")).isVisible();
        if (!SCREENSHOTS.isEmpty()) {
            page.waitForTimeout(40_000);
        }

        page.locator("#find input[name=name]").fill("ann");
        page.locator("#find .primary").click();
        assertThat(page.locator("#found tbody tr")).hasCount(1);
        assertThat(page.locator("#found")).containsText(EVIL);
        assertThat(page.locator("#desk img")).hasCount(1);

        page.locator("#found tbody").getByText("Follow").click();
        assertThat(page.locator("#follow")).containsText("Nothing has passed yet.");
        ann.ack(ann.ask("say", new JsonObject().put("text", EVIL).put("token", "hush")));
        Locator passed = page.locator("#follow tbody tr");
        assertThat(passed).hasCount(3);
        assertThat(passed.last()).containsText("{\"text\":\"" + EVIL + "\",\"token\":\"•••\"}");
        assertThat(page.locator("#follow")).not().containsText("hush");
        assertThat(passed.filter(new Locator.FilterOptions().setHasText("told")))
                .containsText("hidden");
        assertThat(page.locator("#desk img")).hasCount(1);

        page.locator("#level input[name=logger]").fill("dev.switchboard.hub.H");
        assertThat(page.locator("#loggers option[value='dev.switchboard.hub.Hub']"))
                .hasCount(1);
        page.locator("#level input[name=logger]").fill("dev.switchboard.hub.Hub");
        page.locator("#level select[name=level]").selectOption("ERROR");
        page.locator("#level .primary").click();
        assertThat(page.locator("#level-table tbody tr")).hasCount(2);
        photographAll(page);
        page.locator("#level-table").getByText("Back now").first().click();
        assertThat(page.locator("#level-table")).containsText("Every logger has the level");

        page.locator("#notice input[name=text]").fill("The server is renewed at noon");
        page.locator("#notice button").click();
        page.locator("#sure-yes").click();
        Assertions.assertThat(ann.data("notice"))
                .isEqualTo(new JsonObject().put("text", "The server is renewed at noon"));

        page.locator("#found tbody").getByText("Kick").click();
        photograph(page, "sure");
        page.locator("#sure-yes").click();
        ann.assertEnds(CloseReason.KICKED);
        assertThat(page.locator("#follow")).containsText("the socket has ended");
        page.locator("#follow button").click();
        assertThat(page.locator("#follow")).isHidden();
        assertThat(page.locator("#found")).containsText("Nobody is there.");

        talking.set(false);
        String other = ":" + server.port(1);
        Locator row = page.locator("#node-table tbody tr", new Page.LocatorOptions().setHasText(other));
        row.getByText("Drain").click();
        page.locator("#sure-yes").click();
        assertThat(row).containsText("going down");
        await().atMost(Inbox.DEADLINE)
                .until(() -> HttpClients.request("GET", "http://127.0.0.1" + other + "/health/ready", "")
                                .statusCode()
                        == 503);
        Assertions.assertThat(page.title()).isEqualTo("Switchboard admin");
        Assertions.assertThat(watched.faults()).isEmpty();
        profile.close();
    }

    @Test
    void user_withoutTheRole_staysAtTheDoor() {
        BrowserContext profile = chromium.profile(390, 844);
        Page page = open(profile, Tokens.of("ann"));

        assertThat(page.locator("#refusal")).hasText("Your user does not have the role");
        assertThat(page.locator("#desk")).isHidden();
        Assertions.assertThat(page.evaluate("sessionStorage.length")).isEqualTo(0);
        profile.close();
    }

    @Test
    void keyboard_logsInReadsAChartAndCancels() {
        BrowserContext profile = chromium.profile(1280, 900);
        Page page = profile.newPage();
        page.navigate(server.url("/admin/"));
        page.evaluate("token => document.getElementById('token').value = token", AdminIT.token("admin", Tokens.KEY));
        page.keyboard().press("Enter");
        Locator chart = page.locator("svg[aria-label^='Open sockets']");
        assertThat(chart).isVisible();

        chart.focus();
        page.keyboard().press("ArrowLeft");
        assertThat(chart.locator("line.at")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(chart.locator("line.at")).hasCount(0);
        Locator drain = page.locator("#node-table").getByText("Drain").first();
        drain.focus();
        Locator heap = page.locator("#node-table td[data-head='Heap']").first();
        String before = heap.textContent();
        assertThat(heap).not().hasText(before);
        assertThat(drain).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#sure")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#sure")).isHidden();
        profile.close();
    }
}
