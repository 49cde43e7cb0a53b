package dev.switchboard.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of the chat example on each line and screen, and with what may go wrong. */
@Timeout(90)
class ChatPageIT {
    private static final int PHONE = 360;

    /** Visible elements that reach beyond the window, and boxes that can be scrolled sideways. */
    private static final String TOO_WIDE = """
            () => [...document.querySelectorAll('*')]
                .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches('.unseen'))
                .filter((one) => {
                  const { left, right } = one.getBoundingClientRect();
                  const scrolls = ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
                  return left < -0.5 || right > innerWidth + 0.5 || (scrolls && one.scrollWidth > one.clientWidth);
                })
                .map((one) => `${one.tagName}#${one.id}.${one.className}`)
            """;

    /** As a proxy does it that knows no WebSocket. */
    private static final String NO_WEBSOCKETS = """
            window.WebSocket = class {
              readyState = 3;
              constructor() { setTimeout(() => this.onclose({ code: 1006, reason: '' })); }
              close() {}
            };
            """;

    @AutoClose
    private static Chromium chromium;

    @AutoClose
    private static TestServer server;

    @AutoClose
    private final People people = new People(chromium, () -> server.nextUrl("/"));

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        server = ChatServer.start();
    }

    private static String roomOf(ChatPage person) {
        return "room of " + person.name();
    }

    @ParameterizedTest
    @CsvSource({
        "auto, /ws",
        "websocket, /ws",
        "sockjs, /websocket",
        "xhr-streaming, /xhr_streaming",
        "eventsource, /eventsource",
        "htmlfile, /htmlfile",
        "xhr-polling, /xhr",
        "jsonp-polling, /jsonp"
    })
    void everyTransport_carriesPublicAndPrivateMessages(String transport, String path) {
        ChatPage ann = people.comes("Ann");
        ChatPage bob = people.comes("Bob");
        for (ChatPage each : List.of(ann, bob)) {
            each.useTransport(transport);
            each.assertConnected();
            each.join(roomOf(ann));
            assertThat(each.watched().asked()).anyMatch(asked -> asked.endsWith(path));
        }

        ann.tell("to all, over " + transport);
        assertThat(bob.author("to all, over " + transport)).hasText(ann.name());
        bob.talkTo(ann);
        bob.tell("to Ann, over " + transport);
        ann.talkTo(bob);
        assertThat(ann.author("to Ann, over " + transport)).hasText(bob.name());
    }

    @Test
    void auto_whereWebSocketsFail_takesSockJs() {
        ChatPage bob = people.comes("Bob");
        ChatPage ann = people.atTheDoor("Ann", 1100, 700);
        ann.page().addInitScript(NO_WEBSOCKETS);
        ann.page().reload();

        ann.logIn();

        ann.tell("by another way");
        assertThat(bob.author("by another way")).hasText(ann.name());
        assertThat(ann.watched().asked()).anyMatch(path -> path.endsWith("/xhr_streaming"));
    }

    @Test
    void oneNode_hasNoName() {
        ChatPage ann = people.comes("Ann");

        assertThat(ann.online()).containsText("online");
        assertThat(ann.node()).hasText("");
    }

    @Test
    void restartOfTheServer_isSurvivedByThePages() {
        TestServer first = ChatServer.start();
        int port = first.port();
        try (People others = new People(chromium, () -> first.url("/"))) {
            others.excuseAbsence();
            ChatPage ann = others.comes("Ann");
            ChatPage bob = others.comes("Bob");
            ann.join(roomOf(ann));
            bob.join(roomOf(ann));

            first.close();
            assertThat(ann.banner()).containsText("Connection lost.");
            assertThat(bob.banner()).containsText("Connection lost.");
            ann.say("written meanwhile");
            assertThat(ann.drafts()).containsText("Sending…");

            try (TestServer second = ChatServer.startAt(port)) {
                ann.assertConnected();
                bob.assertConnected();
                assertThat(ann.message("written meanwhile")).hasCount(1);
                assertThat(ann.drafts()).hasCount(0);
                assertThat(bob.person(ann)).hasCount(1);
                ann.tell("here again");
                assertThat(bob.author("here again")).hasText(ann.name());
                assertThat(second.port()).isEqualTo(port);
            }
        }
    }

    @Test
    void markup_isShownAsText() {
        ChatPage ann = people.comes("Ann");
        ChatPage eve = people.comes("<b>Eve</b><img src=/hit>");
        String room = "<i>" + eve.name().replaceAll("\\D", "") + "</i><img src=/hit>";
        String text = "<img src=/hit onerror='window.hit=1'><script>window.hit=1</script><b>bold</b> &amp;";
        ann.join(room);
        eve.join(room);

        eve.tell(text);

        assertThat(ann.author(text)).hasText(eve.name());
        eve.write("more");
        assertThat(ann.typing()).hasText(eve.name() + " is typing…");
        ann.talkTo(eve);
        ann.tell(text);
        assertThat(eve.unread(ann)).hasText("1");
        for (ChatPage each : List.of(ann, eve)) {
            assertThat(each.page().locator("#chat :is(img, script, b, i)")).hasCount(0);
            assertThat(each.page().evaluate("window.hit")).isNull();
            assertThat(each.watched().asked()).doesNotContain("/hit");
        }
    }

    @Test
    void refusals_areToldInPlainWords() {
        ChatPage ann = people.comes("Ann");
        ann.page().evaluate("for (const one of document.querySelectorAll('[maxlength]')) one.maxLength = 9999");

        ann.say("x".repeat(2001));
        assertThat(ann.drafts()).containsText("A message has 1 to 2000 characters.");
        ann.click("Discard");
        assertThat(ann.drafts()).hasCount(0);

        ann.page().getByPlaceholder("Join or make a room").fill("y".repeat(41));
        ann.page().locator("#room").press("Enter");
        assertThat(ann.notice()).containsText("A room's name has 1 to 40 characters, on one line.");
        assertThat(ann.title()).hasText("lobby");
    }

    @Test
    void phone_hasNothingWiderThanTheScreen() {
        ChatPage bob = people.comes("Bob");
        ChatPage ann = people.atTheDoor("A".repeat(30), PHONE, 740);
        assertFits(ann);
        ann.logIn();
        ann.click("Conversations");
        assertFits(ann);
        String room = "r".repeat(38);
        ann.join(room);
        bob.join(room);
        bob.tell("w".repeat(400));
        ann.tell("W".repeat(400));
        assertThat(ann.message("w".repeat(400))).hasCount(1);
        assertFits(ann);
        ann.page().setViewportSize(740, PHONE);
        assertFits(ann);
        ann.page().setViewportSize(PHONE, 740);
        ann.click("Who is in this room");
        ann.member(bob).click();
        assertFits(ann);
        bob.close();
        assertThat(ann.subtitle()).hasText("Private, not here now");
        ann.say("V".repeat(400));
        assertThat(ann.drafts()).containsText("is not here any more.");
        assertFits(ann);
    }

    private static void assertFits(ChatPage page) {
        assertThat((List<?>) page.page().evaluate(TOO_WIDE)).isEmpty();
    }
}
