package dev.switchboard.transport.sockjs;

import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.hub.Hub;
import dev.switchboard.transport.polling.Sessions;
import dev.switchboard.transport.websocket.Framing;
import dev.switchboard.transport.websocket.WebSocketTransport;
import dev.switchboard.wire.Codec;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves SockJS below the mounts of namespaces. One instance per event loop; the origin of every request has been
 * checked before.
 */
public final class SockJsTransport {
    private static final String RAW = "/websocket";

    /** RFC 6455, and the drafts hybi-07 and hybi-10, whose frames are the same. */
    private static final Set<String> VERSIONS = Set.of("13", "8", "7");

    private static final Pattern UPGRADE = Pattern.compile("(^|,)\\s*upgrade\\s*(,|$)", Pattern.CASE_INSENSITIVE);

    private final Vertx vertx;
    private final Hub hub;
    private final Limits limits;
    private final WebSocketTransport webSockets;
    private final Sessions<Session> sessions;
    private final Times times;
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
        this.sessions =
                new Sessions<>(vertx, vertx.sharedData().getLocalMap("switchboard.sockjs.sessions"), times.tick());
        this.times = times;
        this.answers = new Answers(clientScript);
    }

    /** Forgets its sessions; after the hub has stopped. */
    public void stop() {
        sessions.clear();
    }

    /** Serves a namespace below a path; nothing before this route may have read the request. */
    public void mount(Router router, NamespaceConfig namespace, String path) {
        mounts.put(path, namespace);
        Mount mount = new Mount(path, namespace, vertx.getOrCreateContext(), hub, limits, sessions, times, answers);
        router.route(path + "/*").handler(exchange -> mount.take(exchange.request()));
    }

    /** Upgrades a request to a WebSocket, or refuses it, if its path is one of SockJS's. */
    public boolean accept(HttpServerRequest request) {
        for (Map.Entry<String, NamespaceConfig> mount : mounts.entrySet()) {
            if (!request.path().startsWith(mount.getKey() + "/")) {
                continue;
            }
            Framing spoken = spoken(request.path().substring(mount.getKey().length()));
            if (spoken != null) {
                accept(request, mount.getValue(), spoken);
                return true;
            }
        }
        return false;
    }

    private @Nullable Framing spoken(String rest) {
        if (rest.equals(RAW)) {
            return Framing.plain(Codec.EVENTS);
        }
        SessionPath session = SessionPath.parse(rest);
        return session != null && session.transport().equals("websocket") ? framing : null;
    }

    /** Firefox 6 said {@code keep-alive, Upgrade}. */
    private static boolean wantsUpgrade(HttpServerRequest request) {
        return UPGRADE.matcher(String.join(",", request.headers().getAll("Connection")))
                .find();
    }

    private static boolean speaks(@Nullable String version) {
        return version != null && VERSIONS.contains(version);
    }

    private void accept(HttpServerRequest request, NamespaceConfig namespace, Framing spoken) {
        if (!request.method().equals(HttpMethod.GET)) {
            Answers.notAllowed(request.response(), HttpMethod.GET);
        } else if (!wantsUpgrade(request)) {
            Answers.text(request.response(), 400, "\"Connection\" must be \"Upgrade\".\n");
        } else if (!speaks(request.getHeader("Sec-WebSocket-Version"))) {
            Answers.text(
                    request.response().putHeader("Sec-WebSocket-Version", "13"),
                    426,
                    "This version of WebSocket is not spoken\n");
        } else {
            webSockets.accept(request, namespace, spoken);
        }
    }
}
