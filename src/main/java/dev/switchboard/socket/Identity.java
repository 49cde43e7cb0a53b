package dev.switchboard.socket;

import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.SocketView;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.token.PageToken;
import dev.switchboard.token.User;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.SessionId;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who a socket is, and what handlers have noted of it: all that goes with each of its events. */
final class Identity {
    private static final int PROTOCOL = 1;

    private final NamespaceConfig namespace;
    private SocketView view;
    private @Nullable PageToken token;
    private Map<String, Object> attributes = Map.of();
    private long version;

    Identity(String id, NamespaceConfig namespace, Handshake handshake) {
        this.namespace = namespace;
        this.view = new SocketView(id, namespace.name(), User.anonymous(), new JsonObject(), handshake);
    }

    String id() {
        return view.id();
    }

    String key() {
        return view.key();
    }

    /** What is known of the socket. */
    SocketView view() {
        return view;
    }

    /** The application gives the socket an id of its own, before anybody was told another. */
    void be(String id) {
        view = new SocketView(id, view.namespace(), view.user(), view.claims(), view.handshake(), view.key());
    }

    User user() {
        return view.user();
    }

    /** What comes back when the socket does; {@link #restore} reads it. */
    JsonObject describe() {
        return new JsonObject()
                .put("key", view.key())
                .put("user", new JsonObject().put("id", user().id()).put("name", user().name()))
                .put("claims", view.claims())
                .put("handshake", view.handshake().json())
                .put("attributes", new JsonObject(new HashMap<>(attributes)))
                .put("version", version);
    }

    /** The socket is back: its attributes are those that it had. */
    void restore(JsonObject described) {
        Map<String, Object> restored = new HashMap<>();
        described
                .getJsonObject("attributes", new JsonObject())
                .forEach(one -> restored.put(one.getKey(), one.getValue()));
        attributes = Map.copyOf(restored);
        version = described.getLong("version", 0L);
    }

    /** The socket ends without having come back: it is whom it was. */
    void restoreAll(JsonObject described) {
        restore(described);
        JsonObject user = described.getJsonObject("user", new JsonObject());
        String id = user.getString("id", "");
        view = new SocketView(
                view.id(),
                view.namespace(),
                id.isEmpty() ? User.anonymous() : new User(id, user.getString("name", "")),
                described.getJsonObject("claims", new JsonObject()),
                view.handshake(),
                view.key());
    }

    /** A socket keeps its user, unless it has none yet. */
    boolean mayBecome(User user) {
        return view.user().isAnonymous() || view.user().id().equals(user.id());
    }

    void become(PageToken verified) {
        token = verified;
        view = new SocketView(
                view.id(), view.namespace(), verified.user(), verified.claims(), view.handshake(), view.key());
    }

    Optional<PageToken> token() {
        return Optional.ofNullable(token);
    }

    /** @param now milliseconds since the epoch */
    boolean isExpired(long now) {
        return token != null && token.expires().toEpochMilli() <= now;
    }

    Optional<SessionId> session() {
        return view.handshake().session();
    }

    /** Sets an attribute, or removes it (null). */
    void attribute(String name, @Nullable Object value) {
        Map<String, Object> changed = new HashMap<>(attributes);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        attributes = Map.copyOf(changed);
        version++;
    }

    /** What the client is told when it is in. */
    JsonObject open(String node) {
        User user = view.user();
        JsonObject open = new JsonObject()
                .put("id", view.id())
                .put(
                        "user",
                        user.isAnonymous()
                                ? null
                                : new JsonObject().put("id", user.id()).put("name", user.name()))
                .put("namespace", namespace.name())
                .put("protocol", PROTOCOL);
        return node.isEmpty() ? open : open.put("node", node);
    }

    /** What passes a middleware, as it gets it. */
    EventMessage message(Chain.Call call, long seq) {
        return new EventMessage(
                view,
                attributes,
                version,
                call.event(),
                call.data(),
                seq,
                true,
                namespace.inFlight(),
                namespace.handlerTimeout().toMillis(),
                call.reason(),
                call.passage(),
                call.trace());
    }

    /** An event as its handler gets it. */
    EventMessage message(Lane.Pending event, long seq) {
        return new EventMessage(
                view,
                attributes,
                version,
                event.event(),
                event.data(),
                seq,
                event.wantsAnswer(),
                namespace.inFlight(),
                namespace.handlerTimeout().toMillis(),
                event.reason(),
                null,
                event.trace());
    }
}
