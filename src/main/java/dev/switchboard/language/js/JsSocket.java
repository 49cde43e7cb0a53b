package dev.switchboard.language.js;

import dev.switchboard.Socket;
import dev.switchboard.token.Revocation;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Handshake;
import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import org.graalvm.polyglot.HostAccess;

/**
 * A {@link Socket}, as the prelude sees it: who it is, and its own verbs. Audiences of others the prelude makes of its
 * namespace and its id.
 */
public final class JsSocket {
    private final Socket socket;

    JsSocket(Socket socket) {
        this.socket = socket;
    }

    @HostAccess.Export
    public String id() {
        return socket.id();
    }

    @HostAccess.Export
    public JsNamespace namespace() {
        return new JsNamespace(socket.namespace());
    }

    @HostAccess.Export
    public Future<?> emit(String event, int kind, String text) {
        return JsAudience.attempt(() -> socket.emit(event, new Packed(kind, text).payload()));
    }

    @HostAccess.Export
    public Future<?> ask(String event, int kind, String text, long limitMillis) {
        return JsAudience.attempt(
                () -> socket.ask(event, new Packed(kind, text).payload(), Duration.ofMillis(limitMillis)));
    }

    @HostAccess.Export
    public Future<?> join(String room) {
        return JsAudience.attempt(() -> socket.join(room));
    }

    @HostAccess.Export
    public Future<?> leave(String room) {
        return JsAudience.attempt(() -> socket.leave(room));
    }

    @HostAccess.Export
    public Future<?> disconnect() {
        return JsAudience.attempt(() -> socket.disconnect(CloseReason.KICKED));
    }

    @HostAccess.Export
    public Future<?> disconnectWith(int code, String text, boolean reconnect) {
        return JsAudience.attempt(() -> socket.disconnect(CloseReason.of(code, text, reconnect)));
    }

    /**
     * Revokes what its client came in with.
     *
     * @param what token, login or user
     */
    @HostAccess.Export
    public Future<?> logOut(String what) {
        return JsAudience.attempt(() -> socket.logOut(Revocation.Kind.named(what)));
    }

    @HostAccess.Export
    public Future<?> sessionGet(String name) {
        return JsAudience.attempt(() -> socket.session().get(name));
    }

    @HostAccess.Export
    public Future<?> sessionPut(String name, String json) {
        return JsAudience.attempt(() -> socket.session().put(name, Json.decodeValue(json)));
    }

    @HostAccess.Export
    public Future<?> sessionRemove(String name) {
        return JsAudience.attempt(() -> socket.session().remove(name));
    }

    @HostAccess.Export
    public Future<?> rooms() {
        return JsAudience.attempt(socket::rooms);
    }

    /** As JSON: who it is, and how it came. */
    @HostAccess.Export
    public String identity() {
        Handshake handshake = socket.handshake();
        return new JsonObject()
                .put(
                        "user",
                        socket.user().isAnonymous()
                                ? null
                                : new JsonObject()
                                        .put("id", socket.user().id())
                                        .put("name", socket.user().name()))
                .put("claims", socket.claims())
                .put(
                        "handshake",
                        new JsonObject()
                                .put("path", handshake.path())
                                .put("query", new JsonObject(new HashMap<>(handshake.query())))
                                .put("headers", new JsonObject(new HashMap<>(handshake.headers())))
                                .put("address", handshake.address())
                                .put("secure", handshake.secure())
                                .put("time", handshake.time()))
                .encode();
    }

    /** As JSON. */
    @HostAccess.Export
    public String attribute(String name) {
        return Json.encode(socket.attribute(name));
    }

    @HostAccess.Export
    public void note(String name, String json) {
        socket.attribute(name, Json.decodeValue(json));
    }
}
