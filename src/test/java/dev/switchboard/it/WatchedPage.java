package dev.switchboard.it;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A tab of which everything is noted that it asks for, hears and complains about. For the thread of its browser. */
final class WatchedPage {
    private static final Set<String> COMPLAINTS = Set.of("error", "warning", "assert");

    /** SockJS's pages for frames set it, as its protocol says; browsers of today ignore that. */
    private static final String NOISE_OF_SOCKJS = "document.domain mutation is ignored";

    private final Page page;
    private final List<String> faults = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    WatchedPage(BrowserContext profile) {
        page = profile.newPage();
        page.onConsoleMessage(this::said);
        page.onPageError(fault -> faults.add("uncaught: " + fault));
        page.onRequest(request -> asked.add(path(request.url())));
        page.onWebSocket(socket -> {
            asked.add(path(socket.url()));
            socket.onFrameReceived(frame -> heard.add(frame.text()));
        });
    }

    private void said(ConsoleMessage message) {
        if (COMPLAINTS.contains(message.type()) && !message.text().contains(NOISE_OF_SOCKJS)) {
            faults.add(message.type() + ": " + message.text() + " (" + message.location() + ")");
        }
    }

    private static String path(String url) {
        return URI.create(url.replaceFirst("\\?.*", "")).getPath();
    }

    Page page() {
        return page;
    }

    /** Errors and warnings in its console, and what it did not catch. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** The paths that it asked for, over HTTP or WebSocket. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** The messages that came to its WebSockets. */
    List<String> heard() {
        return List.copyOf(heard);
    }
}
