package dev.switchboard.http;

import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.token.PageToken;
import dev.switchboard.token.PageTokens;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What the HTTP verticles of one node share. For any thread. */
public final class Node {
    private final SwitchboardConfig config;
    private final PageTokens tokens;
    private final Function<PageToken, Future<Void>> revoke;
    private final List<RouteMount> routes;
    private final AtomicInteger port = new AtomicInteger();

    /**
     * @param revoke lets no node accept the token any more, nor any other of the same log-in
     * @param routes the application's own
     */
    public Node(
            SwitchboardConfig config,
            PageTokens tokens,
            Function<PageToken, Future<Void>> revoke,
            List<RouteMount> routes) {
        this.routes = List.copyOf(routes);
        this.config = config;
        this.tokens = tokens;
        this.revoke = revoke;
    }

    /** The port that the verticles listen on; 0 before the first of them does. */
    public int port() {
        return port.get();
    }

    SwitchboardConfig config() {
        return config;
    }

    PageTokens tokens() {
        return tokens;
    }

    Function<PageToken, Future<Void>> revoke() {
        return revoke;
    }

    List<RouteMount> routes() {
        return routes;
    }

    void listening(int actual) {
        port.set(actual);
    }
}
