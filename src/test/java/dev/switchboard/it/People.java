package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who takes part in one test, each with a browser profile of their own. When they leave, no page may have complained.
 * Their names carry a number, so that those of former tests, who may be about to leave, are others.
 */
final class People implements AutoCloseable {
    private final List<ChatPage> pages = new ArrayList<>();
    private final List<BrowserContext> profiles = new ArrayList<>();
    private final List<String> excused = new ArrayList<>();
    private final Chromium chromium;
    private final Supplier<String> entrance;

    /** @param entrance the address of the chat for the next person */
    People(Chromium chromium, Supplier<String> entrance) {
        this.chromium = chromium;
        this.entrance = entrance;
    }

    /** Somebody comes in. */
    ChatPage comes(String name) {
        ChatPage page = atTheDoor(name, 1100, 700);
        page.logIn();
        return page;
    }

    /** Somebody opens the page in a window of this size. */
    ChatPage atTheDoor(String name, int width, int height) {
        BrowserContext profile = chromium.profile(width, height);
        profiles.add(profile);
        return open(profile, name + " " + chromium.profiles(), entrance.get());
    }

    /** The same person's next tab. */
    ChatPage anotherTab(ChatPage person) {
        ChatPage page =
                open(person.page().context(), person.name(), person.page().url());
        page.assertConnected();
        return page;
    }

    private ChatPage open(BrowserContext profile, String name, String url) {
        ChatPage page = new ChatPage(new WatchedPage(profile), name);
        pages.add(page);
        page.page().navigate(url);
        return page;
    }

    /** Complaints with this in their text are to be expected in this test. */
    void excuse(String complaint) {
        excused.add(complaint);
    }

    /** The server goes away: Chromium says that it is not there, or that it took a connection and was gone. */
    void excuseAbsence() {
        excuse("ERR_CONNECTION_REFUSED");
        excuse("ERR_SOCKET_NOT_CONNECTED");
    }

    @Override
    public void close() {
        List<String> faults = pages.stream()
                .flatMap(page -> page.watched().faults().stream())
                .filter(fault -> excused.stream().noneMatch(fault::contains))
                .toList();
        profiles.forEach(BrowserContext::close);
        assertThat(faults).as("complaints of the pages").isEmpty();
    }
}
