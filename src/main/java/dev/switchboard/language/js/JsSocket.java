package dev.switchboard.language.js;

import dev.switchboard.Socket;
import dev.switchboard.wire.Handshake;
import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import org.graalvm.polyglot.HostAccess;

/** What a {@link Socket} has beside the audiences, which the prelude makes of its namespace and its id. */
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
