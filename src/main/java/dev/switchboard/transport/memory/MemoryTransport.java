package dev.switchboard.transport.memory;

import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.hub.Hub;
import dev.switchboard.token.PageTokens;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Handshake;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes connections that come from the same JVM to a hub. For any thread. */
public final class MemoryTransport implements Shareable {
    private final Context loop;
    private final Hub hub;
    private final Map<String, NamespaceConfig> namespaces;
    private final PageTokens tokens;
    private final LocalMap<String, MemoryTransport> all;
    private final String key = UUID.randomUUID().toString();

    private MemoryTransport(
            Context loop,
            Hub hub,
            Map<String, NamespaceConfig> namespaces,
            PageTokens tokens,
            LocalMap<String, MemoryTransport> all) {
        this.loop = loop;
        this.hub = hub;
        this.namespaces = Map.copyOf(namespaces);
        this.tokens = tokens;
        this.all = all;
    }

    /** Lets connections in from now on, on the event loop of the hub. */
    public static MemoryTransport open(
            Vertx vertx, Hub hub, Map<String, NamespaceConfig> namespaces, PageTokens tokens) {
        LocalMap<String, MemoryTransport> all = map(vertx);
        MemoryTransport opened = new MemoryTransport(vertx.getOrCreateContext(), hub, namespaces, tokens, all);
        all.put(opened.key, opened);
        return opened;
    }

    /** Those of this Vert.x: one for each hub. */
    public static List<MemoryTransport> all(Vertx vertx) {
        return List.copyOf(map(vertx).values());
    }

    private static LocalMap<String, MemoryTransport> map(Vertx vertx) {
        return vertx.sharedData().getLocalMap("switchboard.memory");
    }

    /** Lets no connection in any more. */
    public void stop() {
        all.remove(key);
    }

    /** What the node's clients say who they are with. */
    public PageTokens tokens() {
        return tokens;
    }

    /** Whether the node has this namespace. */
    public boolean has(String namespace) {
        return namespaces.containsKey(namespace);
    }

    /** The dialect of a namespace's clients that use neither SockJS nor Socket.IO. */
    public Codec codec(String namespace) {
        return of(namespace).dialect() == NamespaceConfig.Dialect.TEXT ? Codec.TEXT : Codec.EVENTS;
    }

    private NamespaceConfig of(String namespace) {
        NamespaceConfig config = namespaces.get(namespace);
        if (config == null) {
            throw new IllegalArgumentException("there is no namespace " + namespace);
        }
        return config;
    }

    /**
     * Connects; what the peer hears may come before the Future is done. Origins are not looked at, since no page is there
     * that could lie.
     *
     * @param handshake its header {@code cookie} counts where the namespace has {@code cookies}
     * @param token as a URL would bring it, or null
     * @throws IllegalArgumentException when the node has no such namespace
     */
    public Future<MemoryLine> connect(
            String namespace, Handshake handshake, @Nullable String token, MemoryConnection.Peer peer) {
        NamespaceConfig config = of(namespace);
        MemoryConnection connection = new MemoryConnection(codec(namespace), peer);
        Promise<MemoryLine> line = Promise.promise();
        Handshake seen = config.access().cookies() ? handshake : withoutCookies(handshake);
        loop.runOnContext(v -> line.complete(hub.connect(config, connection, seen, token)
                .map(socket -> {
                    connection.serve(socket);
                    return new MemoryLine(loop, connection, socket);
                })
                .orElseGet(() -> new MemoryLine(loop, connection, null))));
        return line.future();
    }

    private static Handshake withoutCookies(Handshake shown) {
        Map<String, String> headers = new HashMap<>(shown.headers());
        headers.remove("cookie");
        return new Handshake(shown.path(), shown.query(), headers, shown.address(), shown.secure(), shown.time());
    }
}
