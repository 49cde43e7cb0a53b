package dev.switchboard.bus;

import dev.switchboard.token.User;
import dev.switchboard.wire.Handshake;
import io.vertx.core.json.JsonObject;

/**
 * What a handler knows of a socket besides its attributes.
 *
 * @param claims the application's own claims of the page token; shared, not to be changed
 * @param key by which its hub finds it: the id, unless the application gave it another
 */
public record SocketView(String id, String namespace, User user, JsonObject claims, Handshake handshake, String key) {
    /** The name by which handlers reach it: its key, or its id where it may have moved to another hub meanwhile. */
    public String name() {
        return SocketIds.isLasting(id) ? id : key;
    }

    /** Of a socket whose id was made by its hub. */
    public SocketView(String id, String namespace, User user, JsonObject claims, Handshake handshake) {
        this(id, namespace, user, claims, handshake, id);
    }
}
