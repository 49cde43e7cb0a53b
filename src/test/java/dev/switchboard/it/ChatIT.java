package dev.switchboard.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.WebSocketRoute;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chat example in a browser: who hears and sees what of whom. */
@Timeout(90)
@Tag("cluster")
class ChatIT {
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

    @Test
    @Tag("smoke")
    void message_reachesEverybodyInTheRoom() {
        ChatPage ann = people.comes("Ann");
        ChatPage bob = people.comes("Bob");
        ChatPage mia = people.comes("Mia");
        ann.join(roomOf(ann));
        bob.join(roomOf(ann));

        bob.tell("hello, all");
        ann.tell("hello, Bob");

        assertThat(ann.author("hello, all")).hasText(bob.name());
        assertThat(bob.author("hello, Bob")).hasText(ann.name());
        assertThat(ann.author("hello, Bob")).hasText("You");
        bob.show("lobby");
        bob.tell("hello, lobby");
        assertThat(mia.message("hello, lobby")).hasCount(1);
        assertThat(mia.watched().heard()).noneMatch(text -> text.contains("hello, Bob"));
    }

    @Test
    @Tag("smoke")
    void whisper_reachesOnlyThePerson() {
        ChatPage ann = people.comes("Ann");
        ChatPage bob = people.comes("Bob");
        ChatPage mia = people.comes("Mia");

        ann.talkTo(bob);
        ann.tell("for Bob alone");
        assertThat(bob.unread(ann)).hasText("1");
        bob.talkTo(ann);
        assertThat(bob.author("for Bob alone")).hasText(ann.name());
        bob.tell("for Ann alone");
        assertThat(ann.author("for Ann alone")).hasText(bob.name());

        for (ChatPage sender : List.of(ann, bob)) {
            sender.show("lobby");
            sender.tell("marker of " + sender.name());
            assertThat(mia.message("marker of " + sender.name())).hasCount(1);
        }
        assertThat(mia.watched().heard())
                .anyMatch(text -> text.contains("marker of"))
                .noneMatch(text -> text.contains("alone"));
        assertThat(mia.unread(ann)).hasText("");
    }

    @Test
    void typing_isShownToTheOthersUntilItEnds() {
        ChatPage ann = people.comes("Ann");
        ChatPage bob = people.comes("Bob");
        ann.join(roomOf(ann));
        bob.join(roomOf(ann));

        ann.write("I am about to");
        assertThat(bob.typing()).hasText(ann.name() + " is typing…");
        assertThat(ann.typing()).hasText("");
        ann.write("");
        assertThat(bob.typing()).hasText("");
        assertThat(bob.watched().heard())
                .as("told, and not just worn off")
                .anyMatch(text -> text.contains("\"typing\":false"));

        ann.write("say it");
        assertThat(bob.typing()).hasText(ann.name() + " is typing…");
        ann.tell("said");
        assertThat(bob.message("said")).hasCount(1);
        assertThat(bob.typing()).hasText("");
    }

    @Test
    void secondTab_isTheSamePerson() {
        ChatPage bob = people.comes("Bob");
        ChatPage ann = people.comes("Ann");
        ann.join(roomOf(ann));
        bob.join(roomOf(ann));
        ChatPage tab = people.anotherTab(ann);
        tab.show(roomOf(ann));

        ann.tell("from the first tab");
        tab.tell("from the second tab");

        for (ChatPage each : List.of(ann, tab)) {
            assertThat(each.author("from the first tab")).hasText("You");
            assertThat(each.author("from the second tab")).hasText("You");
        }
        assertThat(bob.message("from the second tab")).hasCount(1);
        assertThat(bob.person(ann)).hasCount(1);
        assertThat(bob.member(ann)).hasCount(1);
        assertThat(bob.subtitle()).hasText("2 people");
    }

    @Test
    void closing_tellsTheOthersWhenItWasTheLastTab() {
        ChatPage bob = people.comes("Bob");
        ChatPage ann = people.comes("Ann");
        ann.join(roomOf(ann));
        bob.join(roomOf(ann));
        ChatPage tab = people.anotherTab(ann);
        tab.show(roomOf(ann));

        tab.close();
        ann.tell("still here");
        assertThat(bob.message("still here")).hasCount(1);
        assertThat(bob.person(ann)).hasCount(1);
        ann.close();

        assertThat(bob.note(ann.name() + " left")).hasCount(1);
        assertThat(bob.person(ann)).hasCount(0);
        assertThat(bob.subtitle()).hasText("Only you are here");
        assertThat(bob.watched().heard())
                .filteredOn(text -> text.contains("user left") && text.contains(ann.name()))
                .as("left the room, the lobby and the chat")
                .hasSize(3);
    }

    @Test
    void leave_tellsTheRoom() {
        ChatPage bob = people.comes("Bob");
        ChatPage ann = people.comes("Ann");
        bob.join(roomOf(ann));
        ann.join(roomOf(ann));
        assertThat(bob.note(ann.name() + " came in")).hasCount(1);

        ann.click("Leave");

        assertThat(bob.note(ann.name() + " left")).hasCount(1);
        assertThat(bob.member(ann)).hasCount(0);
        assertThat(bob.person(ann)).hasCount(1);
        bob.tell("alone now");
        bob.show("lobby");
        bob.tell("a marker");
        assertThat(ann.message("a marker")).hasCount(1);
        assertThat(ann.watched().heard()).noneMatch(text -> text.contains("alone now"));
    }

    @Test
    void logOut_endsAllTabsOfThePerson() {
        ChatPage bob = people.comes("Bob");
        ChatPage ann = people.comes("Ann");
        ChatPage tab = people.anotherTab(ann);
        assertThat(bob.person(ann)).hasCount(1);

        ann.click("Log out");

        ann.assertAtTheDoor();
        tab.assertAtTheDoor();
        assertThat(bob.person(ann)).hasCount(0);
        ann.page().reload();
        ann.assertAtTheDoor();
        ann.logIn();
        bob.tell("welcome back");
        assertThat(ann.message("welcome back")).hasCount(1);
    }

    @Test
    void whisper_toSomebodyWhoLeft_isToldAndCanBeSentAgain() {
        ChatPage ann = people.comes("Ann");
        ChatPage bob = people.comes("Bob");
        ann.talkTo(bob);
        ann.tell("are you there?");
        bob.close();
        assertThat(ann.subtitle()).hasText("Private, not here now");

        ann.say("where are you?");

        assertThat(ann.drafts()).containsText(bob.name() + " is not here any more.");
        assertThat(ann.message("where are you?")).hasCount(0);
        ChatPage back = people.anotherTab(bob);
        ann.click("Send again");
        back.talkTo(ann);
        assertThat(back.message("where are you?")).hasCount(1);
        assertThat(ann.drafts()).hasCount(0);
    }

    @Test
    void arrivals_whileTheListsAreOnTheirWay_areSeen() {
        ChatPage ann = people.atTheDoor("Ann", 1100, 700);
        List<Runnable> held = new ArrayList<>();
        AtomicBoolean holds = new AtomicBoolean(true);
        AtomicBoolean told = new AtomicBoolean();
        ann.page()
                .routeWebSocket(
                        Pattern.compile(".*/ws"),
                        line -> line.connectToServer().onMessage(frame -> {
                            told.compareAndSet(
                                    false,
                                    frame.text().contains("user joined")
                                            && frame.text().contains("Bob"));
                            if (holds.get() && frame.text().contains("\"ack\"")) {
                                held.add(() -> line.send(frame.text()));
                            } else {
                                line.send(frame.text());
                            }
                        }));
        ann.page().reload();
        ann.comeIn();
        ann.page().waitForCondition(() -> held.size() == 3);

        ChatPage bob = people.comes("Bob");
        ann.page().waitForCondition(told::get);
        holds.set(false);
        held.forEach(Runnable::run);

        assertThat(ann.title()).hasText("lobby");
        assertThat(ann.person(bob)).hasCount(1);
        assertThat(ann.member(bob)).hasCount(1);
    }

    @Test
    void wordOfAPersonThatOvertakesOther_isSetRight() {
        ChatPage bob = people.comes("Bob");
        ChatPage ann = people.atTheDoor("Ann", 1100, 700);
        List<WebSocketRoute> lines = new ArrayList<>();
        ann.page().routeWebSocket(Pattern.compile(".*/ws"), line -> {
            line.connectToServer();
            lines.add(line);
        });
        ann.page().reload();
        ann.logIn();
        JsonObject inChat = new JsonObject().put("user", user(bob));
        JsonObject inLobby = inChat.copy().put("room", "lobby");

        // As if Bob had gone and come again, and the first of that were heard last.
        for (JsonObject place : List.of(inChat, inLobby)) {
            place.put("count", 2);
            lines.get(0).send(event("user joined", place));
            lines.get(0).send(event("user left", place.copy().put("count", 1)));
        }

        assertThat(ann.note(bob.name() + " left")).hasCount(1);
        assertThat(ann.person(bob)).hasCount(1);
        assertThat(ann.member(bob)).hasCount(1);
    }

    private static JsonObject user(ChatPage person) {
        return person.watched().heard().stream()
                .map(JsonObject::new)
                .filter(message -> "open".equals(message.getString("event")))
                .map(message -> message.getJsonObject("data").getJsonObject("user"))
                .findFirst()
                .orElseThrow();
    }

    private static String event(String name, JsonObject data) {
        return new JsonObject().put("event", name).put("data", data).encode();
    }
}
