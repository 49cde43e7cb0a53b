package dev.switchboard.transport.sockjs;

import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.hub.Hub;
import dev.switchboard.transport.websocket.Framing;
import dev.switchboard.transport.websocket.WebSocketTransport;
import dev.switchboard.wire.Codec;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Serves SockJS below the mounts of namespaces. One instance per event loop; the origin of every request has been
 * checked before.
 */
public final class SockJsTransport {
    private static final String RAW = "/websocket";
    private static final Pattern IN_SESSION = Pattern.compile("/[^/.]+/[^/.]+" + RAW);

    private final Vertx vertx;
    private final Hub hub;
    private final Limits limits;
    private final WebSocketTransport webSockets;
    private final Sessions sessions;
    private final Answers answers;
    private final Framing framing = new SockJsFraming();
    private final Map<String, NamespaceConfig> mounts = new HashMap<>();

    /** @param clientScript where the page inside SockJS's iframe finds the client */
    public SockJsTransport(Vertx vertx, Hub hub, Limits limits, WebSocketTransport webSockets, String clientScript) {
        this(vertx, hub, limits, webSockets, clientScript, Times.USUAL);
    }

    SockJsTransport(
            Vertx vertx, Hub hub, Limits limits, WebSocketTransport webSockets, String clientScript, Times times) {
        this.vertx = vertx;
        this.hub = hub;
        this.limits = limits;
        this.webSockets = webSockets;
        this.sessions = new Sessions(vertx, times);
        this.answers = new Answers(clientScript);
    }

    /** Forgets its sessions; after the hub has stopped. */
    public void stop() {
        sessions.clear();
    }

    /** Serves a namespace below a path; nothing before this route may have read the request. */
    public void mount(Router router, NamespaceConfig namespace, String path) {
        mounts.put(path, namespace);
        Mount mount = new Mount(path, namespace, vertx.getOrCreateContext(), hub, limits, sessions, answers);
        router.route(path + "/*").handler(exchange -> mount.take(exchange.request()));
    }

    /** Upgrades a request to a WebSocket, if its path is one of SockJS's. */
    public boolean accept(HttpServerRequest request) {
        for (Map.Entry<String, NamespaceConfig> mount : mounts.entrySet()) {
            if (!request.path().startsWith(mount.getKey() + "/")) {
                continue;
            }
            String rest = request.path().substring(mount.getKey().length());
            if (rest.equals(RAW)) {
                webSockets.accept(request, mount.getValue(), Framing.plain(Codec.EVENTS));
                return true;
            } else if (IN_SESSION.matcher(rest).matches()) {
                webSockets.accept(request, mount.getValue(), framing);
                return true;
            }
        }
        return false;
    }
}
