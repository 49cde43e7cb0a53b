package dev.switchboard.transport.socketio;

import dev.switchboard.hub.Hub;
import dev.switchboard.transport.polling.Sessions;
import dev.switchboard.transport.websocket.WebSocketTransport;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Optional;

/** Serves Socket.IO for all namespaces, at one path. One instance per event loop. */
public final class SocketIoTransport {
    private final Optional<String> path;
    private final Context context;
    private final WebSocketTransport webSockets;
    private final Sessions<Session> sessions;
    private final Mount mount;

    public SocketIoTransport(Vertx vertx, Hub hub, Site site, WebSocketTransport webSockets) {
        Times times = Times.of(site.config(), site.limits());
        this.path = site.config().path();
        this.context = vertx.getOrCreateContext();
        this.webSockets = webSockets;
        this.sessions =
                new Sessions<>(vertx, vertx.sharedData().getLocalMap("switchboard.socketio.sessions"), times.tick());
        this.mount = new Mount(site, context, hub, sessions, times);
    }

    /** Ends its sessions; after the hub has stopped. */
    public void stop() {
        sessions.own().forEach(session -> session.close(CloseReason.GOING_AWAY));
        sessions.clear();
    }

    /** Serves its path; nothing before this route may have read the request. */
    public void mount(Router router) {
        path.ifPresent(at -> {
            router.route(at).handler(exchange -> mount.take(exchange.request()));
            router.route(at + "/").handler(exchange -> mount.take(exchange.request()));
        });
    }

    /** Upgrades a request to a WebSocket, or refuses it, if its path is this one. */
    public boolean accept(HttpServerRequest request) {
        String asked = request.path();
        boolean own =
                path.filter(at -> asked.equals(at) || asked.equals(at + "/")).isPresent();
        if (own) {
            mount.upgrade(
                    request,
                    session -> webSockets.accept(request, line -> session.begin(Line.near(line, session))),
                    session -> webSockets.accept(request, line -> {
                        FarLine far = new FarLine(line, context, session);
                        session.run(() -> session.carrier().probe(far));
                    }));
        }
        return own;
    }
}
