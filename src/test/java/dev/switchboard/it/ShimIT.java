package dev.switchboard.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.switchboard.Events;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages that carry the small shim around SockJS which the document of ThinkJS 2 prints, and nothing of Switchboard: they
 * go on working as they are. The page is {@code pages/shim.html}.
 */
@Timeout(60)
class ShimIT {
    /** The shim's own onopen and onclose hand JSON to a function that wants an event. */
    private static final String FAULT_OF_THE_SHIM = "\"undefined\" is not valid JSON";

    private static final JsonObject SITE = new JsonObject().put("webroot", "src/test/resources/pages");
    private static final JsonObject NAMESPACES = new JsonObject("{\"/open\": {\"auth\": \"none\"}}");

    @AutoClose
    private static Chromium chromium;

    @AutoClose
    private static TestServer elsewhere;

    @AutoClose
    private static TestServer server;

    private final List<WatchedPage> pages = new ArrayList<>();

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        elsewhere = TestServer.start(new JsonObject().put("http", SITE).put("namespaces", NAMESPACES));
        server = TestServer.start(new JsonObject()
                .put("http", SITE.copy().put("allowedOrigins", new JsonArray().add(elsewhere.url(""))))
                .put("namespaces", NAMESPACES));
        server.handle("/open", 1, ThreadingModel.WORKER, ShimIT::events);
    }

    private static void events(Events on) {
        on.action("new message", (socket, data) -> socket.broadcast("new message", data));
        on.action("add user", (socket, data) -> socket.emit("add user", Map.of("username", data.string())));
    }

    @AfterEach
    void leave() {
        List<String> faults = pages.stream()
                .flatMap(page -> page.faults().stream())
                .filter(fault -> !fault.contains(FAULT_OF_THE_SHIM))
                .toList();
        pages.forEach(page -> page.page().context().close());
        assertThat(faults).isEmpty();
    }

    /** A page from there whose socket is open. */
    private Page open(TestServer site) {
        WatchedPage watched = new WatchedPage(chromium.profile(800, 600));
        pages.add(watched);
        Page page = watched.page();
        page.navigate(site.url("/shim.html"));
        assertThat(page.locator("#opened")).hasText("open");
        return page;
    }

    private static void say(Page page, String text) {
        page.getByLabel("Message").fill(text);
        page.getByText("Send").click();
    }

    @Test
    @Tag("smoke")
    void broadcast_reachesTheOthersAndNotTheSender() {
        Page first = open(server);
        Page second = open(server);

        say(first, "hello");
        assertThat(second.locator("#messages li")).hasText(new String[] {"hello"});
        say(second, "hello to you");

        assertThat(first.locator("#messages li")).hasText(new String[] {"hello to you"});
        say(first, "and again");
        assertThat(second.locator("#messages li")).hasText(new String[] {"hello", "and again"});
    }

    @Test
    void emit_ofAnyData_arrivesAsItWas() {
        Page first = open(server);
        Page second = open(server);

        first.evaluate("socket.emit('new message', {username: 'ann', tags: ['a', null, 1.5]})");
        first.evaluate("socket.emit('new message')");
        first.evaluate("socket.emit('new message', '\\u2028 \\u{1F600} </script>')");

        assertThat(second.locator("#messages li")).hasText(new String[] {
            "{\"username\":\"ann\",\"tags\":[\"a\",null,1.5]}", "", "\u2028 \uD83D\uDE00 </script>"
        });
    }

    @Test
    void answerOfTheServer_reachesItsListeners() {
        Page page = open(server);
        page.evaluate("window.users = []; socket.on('add user', function (data) { users.push(data.username); });");
        page.evaluate("socket.on('add user', function (data) { users.push('again ' + data.username); });");

        page.evaluate("socket.emit('add user', 'ann')");

        page.waitForFunction("users.length === 2");
        assertThat(page.evaluate("users.join()")).isEqualTo("ann,again ann");
    }

    /**
     * What only a browser enforces: rules between origins, and frames of another origin. The shim's onopen is left out:
     * it throws, which the transports that poll do not survive, whatever the server. And the page says who refers, as
     * other sites' pages do: without that the origin of JSONP's forms is null.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "websocket",
                "xhr-streaming",
                "xhr-polling",
                "iframe-eventsource",
                "iframe-htmlfile",
                "iframe-xhr-polling",
                "jsonp-polling"
            })
    void shim_onAPageOfAnAllowedOrigin_works(String transport) {
        Page here = open(server);
        Page there = open(elsewhere);
        there.evaluate("""
                ([url, transport]) => {
                  document.getElementById('opened').textContent = '';
                  document.head.append(Object.assign(document.createElement('meta'), { name: 'referrer', content: 'origin' }));
                  socket = new SockJS(url, null, { transports: [transport] });
                  socket.onopen = () => {};
                }
                """, List.of(server.url("/open/sockjs"), transport));
        assertThat(there.locator("#opened")).hasText("open");
        assertThat(there.evaluate("socket.transport")).isEqualTo(transport);

        say(there, "from another origin");
        assertThat(here.locator("#messages li")).hasText(new String[] {"from another origin"});
        say(here, "from the server's own");
        assertThat(there.locator("#messages li")).hasText(new String[] {"from the server's own"});
    }
}
