package dev.switchboard.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The chat in one tab, as a person uses it and sees it. */
final class ChatPage {
    private final WatchedPage watched;
    private final Page page;
    private final String name;

    ChatPage(WatchedPage watched, String name) {
        this.watched = watched;
        this.page = watched.page();
        this.name = name;
    }

    WatchedPage watched() {
        return watched;
    }

    Page page() {
        return page;
    }

    /** The person's. */
    String name() {
        return name;
    }

    // ---- what the person does

    /** Comes in, and does not wait for what happens then. */
    void comeIn() {
        page.getByLabel("Your name").fill(name);
        click("Come in");
    }

    void logIn() {
        comeIn();
        assertConnected();
        assertThat(title()).hasText("lobby");
    }

    void join(String room) {
        page.getByPlaceholder("Join or make a room").fill(room);
        page.locator("#room").press("Enter");
        assertThat(title()).hasText(room);
    }

    /** Goes to a room that was joined before. */
    void show(String room) {
        row("#rooms", room).click();
        assertThat(title()).hasText(room);
    }

    /** Begins or continues a private conversation. */
    void talkTo(ChatPage other) {
        person(other).click();
        assertThat(title()).hasText(other.name);
    }

    void write(String text) {
        page.locator("#text").fill(text);
    }

    void say(String text) {
        write(text);
        page.locator("#text").press("Enter");
    }

    /** Says it, and waits until the server took it. */
    void tell(String text) {
        say(text);
        assertThat(message(text)).hasCount(1);
        assertThat(drafts()).hasCount(0);
    }

    void useTransport(String transport) {
        page.getByLabel("Transport").selectOption(transport);
    }

    void click(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    void close() {
        page.close();
    }

    // ---- what the person sees

    void assertConnected() {
        assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
    }

    void assertAtTheDoor() {
        assertThat(page.getByLabel("Your name")).isVisible();
        assertThat(page.locator("#chat")).isHidden();
    }

    Locator title() {
        return page.locator("#title");
    }

    Locator subtitle() {
        return page.locator("#subtitle");
    }

    /** The node that holds the connection; empty without a cluster. */
    Locator node() {
        return page.locator("#node");
    }

    /** How many people are in the chat. */
    Locator online() {
        return page.locator("#online");
    }

    Locator banner() {
        return page.locator("#banner-text");
    }

    Locator notice() {
        return page.locator("#notice");
    }

    Locator typing() {
        return page.locator("#typing");
    }

    /** The messages in the conversation that say just this, without those that are still on their way. */
    Locator message(String text) {
        return withText("#log .message:not(.draft)", text);
    }

    /** Who said this. */
    Locator author(String text) {
        return message(text).locator(".by strong");
    }

    /** What is on its way, or did not get through. */
    Locator drafts() {
        return page.locator("#log .draft");
    }

    /** What happened in the conversation. */
    Locator note(String text) {
        return withText("#log .note", text);
    }

    /** The person in the list of those who are there. */
    Locator person(ChatPage other) {
        return row("#people", other.name);
    }

    /** The person among the members of the room. */
    Locator member(ChatPage other) {
        return row("#member-list", other.name);
    }

    /** How much of a person's private words is unread. */
    Locator unread(ChatPage other) {
        return person(other).locator(".badge");
    }

    private Locator row(String list, String name) {
        return withText(list + " button", name);
    }

    /** The elements in which something says exactly this. */
    private Locator withText(String selector, String text) {
        Locator saying = page.getByText(text, new Page.GetByTextOptions().setExact(true));
        return page.locator(selector).filter(new Locator.FilterOptions().setHas(saying));
    }
}
