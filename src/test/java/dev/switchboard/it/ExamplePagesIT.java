package dev.switchboard.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.switchboard.wire.CloseReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pages of the examples, in a browser. */
@Timeout(60)
class ExamplePagesIT {
    @AutoClose
    private static Chromium chromium;

    private final List<WatchedPage> pages = new ArrayList<>();

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @AfterEach
    void leave() {
        List<String> faults =
                pages.stream().flatMap(page -> page.faults().stream()).toList();
        pages.forEach(page -> page.page().context().close());
        assertThat(faults).as("complaints of the pages").isEmpty();
    }

    private Page open(TestServer server, String path) {
        WatchedPage watched = new WatchedPage(chromium.profile(420, 640));
        pages.add(watched);
        watched.page().navigate(server.url(path));
        return watched.page();
    }

    private static Page logIn(Page page, String name) {
        page.getByLabel("Your name").fill(name);
        page.getByText("Come in").click();
        assertThat(page.locator("#chat")).isVisible();
        return page;
    }

    private static Locator lines(Page page) {
        return page.locator("#log li");
    }

    @Test
    void thinkjs2Chat_withTheShimAsItIs_carriesAChat() {
        try (TestServer server = ExampleServer.start("thinkjs2-chat")) {
            Page ann = logIn(open(server, "/"), "Ann");
            assertThat(ann.locator("#count")).hasText("only you are here");
            Page bob = logIn(open(server, "/"), "Bob");
            assertThat(bob.locator("#count")).hasText("2 are here");
            assertThat(lines(ann)).hasText(new String[] {"Welcome, Ann", "Bob came in"});
            assertThat(ann.locator("#count")).hasText("2 are here");

            bob.locator("#text").pressSequentially("hello <b>");
            assertThat(ann.locator("#typing")).hasText("Bob typing…");
            bob.locator("#text").press("Enter");
            assertThat(lines(ann).last()).hasText("Bobhello <b>");
            assertThat(lines(bob).last()).hasText("hello <b>");
            assertThat(ann.locator("#typing")).hasText("");
            assertThat(ann.locator("#banner")).isHidden();

            bob.close();
            assertThat(lines(ann).last()).hasText("Bob left");
            assertThat(ann.locator("#count")).hasText("only you are here");

            server.namespace("/").all().disconnect(CloseReason.KICKED);
            assertThat(ann.locator("#banner")).containsText("The server has closed the connection: Kicked.");
        }
    }

    @Test
    void thinkjs2Chat_shim_isTheOneThatManyPagesCarry() throws IOException {
        String shim = Files.readString(Path.of("webroot/thinkjs2-chat/shim.js"));

        assertThat(Files.readString(Path.of("src/test/resources/pages/shim.html")))
                .contains(shim);
    }

    @Test
    void page_scriptThatSomebodyPutIntoIt_doesNotRun() {
        try (TestServer server = ExampleServer.start("thinkjs3");
                BrowserContext profile = chromium.profile(420, 640)) {
            Page page = profile.newPage();
            page.navigate(server.url("/"));

            Object blocked = page.evaluate("""
                    () => new Promise((resolve) => {
                      document.addEventListener('securitypolicyviolation', (told) => resolve(told.effectiveDirective));
                      const script = document.createElement('script');
                      script.textContent = 'window.injected = true';
                      document.body.append(script);
                      if (window.injected) resolve('it ran');
                    })""");

            assertThat(String.valueOf(blocked)).startsWith("script-src");
        }
    }

    @Test
    void thinkjs3_showsBothGroups() {
        try (TestServer server = ExampleServer.start("thinkjs3")) {
            Page first = open(server, "/");
            assertThat(first.locator("#root-log li")).hasText(new String[] {
                "open", "opend This client opened successfully!", "joined There is a new client joined successfully!"
            });
            assertThat(first.locator("#chat-log li")).hasCount(3);
            Page second = open(server, "/");
            assertThat(second.locator("#chat-log li")).hasCount(3);
            assertThat(first.locator("#chat-log li")).hasCount(4);

            first.getByLabel("Your name").fill("ann");
            first.getByText("addUser").first().click();
            assertThat(first.locator("#root-log li").last()).hasText("addUser, answered: ann");
            first.locator("#text").fill("hello");
            first.locator("#say button").click();
            for (Page each : List.of(first, second)) {
                assertThat(each.locator("#chat-log li").last()).hasText("said hello");
            }

            first.close();
            assertThat(second.locator("#root-log li").last()).hasText("left ann");
        }
    }

    @Test
    void wsDialogue_isHeldOnThePage() {
        try (TestServer server = ExampleServer.startDialogue(200)) {
            Page page = open(server, "/?pause=10");

            page.getByText("Begin").click();

            assertThat(lines(page).last()).hasText("client Closed.");
            assertThat(lines(page)).hasCount(10);
            assertThat(lines(page).nth(8)).hasText("client Goodbye!");
        }
    }

    @Test
    void koaRoom_signsInTalksAndSignsOut() {
        try (TestServer server = ExampleServer.start("koa-room")) {
            Page first = open(server, "/ws");
            assertThat(first.locator("#name")).hasText("路人甲");
            first.getByText("Sign in").click();
            assertThat(lines(first)).hasText(new String[] {"路人甲 joined."});
            Page second = open(server, "/");
            assertThat(second.locator("#name")).hasText("路人乙");
            second.getByText("Sign in").click();
            assertThat(lines(first).last()).hasText("路人乙 joined.");
            for (Page each : List.of(first, second)) {
                assertThat(each.locator("#users li")).hasText(new String[] {"路人甲", "路人乙"});
            }

            second.locator("#mes").fill("  hello <b>  ");
            second.getByText("Send").click();
            assertThat(lines(first).last()).hasText("路人乙 hello <b>");
            second.getByText("Sign out").click();
            assertThat(second.locator("#state")).hasText("signed out");
            assertThat(lines(first))
                    .hasText(new String[] {"路人甲 joined.", "路人乙 joined.", "路人乙 hello <b>", "路人乙 Goodbye!", "路人乙 is left."
                    });
            assertThat(first.locator("#users li")).hasText(new String[] {"路人甲"});
        }
    }
}
