package dev.switchboard.http;

import dev.switchboard.admin.AdminDesk;
import dev.switchboard.bus.Peers;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.limit.Bounds;
import dev.switchboard.metrics.Meters;
import dev.switchboard.time.NodeClock;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.Revocation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What the HTTP verticles of one node share. For any thread. */
public final class Node {
    private final SwitchboardConfig config;
    private final PageTokens tokens;
    private final Function<Revocation, Future<Void>> revoke;
    private final List<RouteMount> routes;
    private final Meters meters = new Meters();
    private final Bounds bounds;
    private final AtomicInteger port = new AtomicInteger();

    /**
     * @param peers the other nodes
     * @param revoke lets no node accept some tokens any more
     * @param routes the application's own
     * @param clock what time it is
     */
    public Node(
            SwitchboardConfig config,
            PageTokens tokens,
            Peers peers,
            Function<Revocation, Future<Void>> revoke,
            List<RouteMount> routes,
            NodeClock clock) {
        this.routes = List.copyOf(routes);
        this.config = config;
        this.tokens = tokens;
        this.revoke = revoke;
        this.bounds = new Bounds(config.nodeLimits(), config.namespaces(), meters, clock);
        peers.limit(config.nodeLimits().outboundPerNode());
        meters.cluster()
                .waiting(peers::waiting)
                .nodes(() -> peers.nodes().size() + 1)
                .members(() -> peers.state().members())
                .safe(() -> peers.state().isSafe() ? 1 : 0)
                .directory(() -> peers.state().directory())
                .sent(
                        () -> peers.state().sent().messages(),
                        () -> peers.state().sent().bytes())
                .received(
                        () -> peers.state().received().messages(),
                        () -> peers.state().received().bytes());
    }

    /** Answers the admin pages of all nodes from now on, as long as the verticle that calls it is deployed. */
    public Future<Void> openAdminDesk(Vertx vertx) {
        return vertx.deployVerticle(new AdminDesk(meters, () -> config.http().host() + ":" + port()))
                .mapEmpty();
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

    Function<Revocation, Future<Void>> revoke() {
        return revoke;
    }

    List<RouteMount> routes() {
        return routes;
    }

    Meters meters() {
        return meters;
    }

    Bounds bounds() {
        return bounds;
    }

    /** Whether this is the first of the verticles. */
    boolean listening(int actual) {
        return port.getAndSet(actual) == 0;
    }
}
