package dev.switchboard.bus;

import dev.switchboard.token.User;
import dev.switchboard.wire.Handshake;
import io.vertx.core.json.JsonObject;

/**
 * What a handler knows of a socket besides its attributes.
 *
 * @param claims the application's own claims of the page token; shared, not to be changed
 */
public record SocketView(String id, String namespace, User user, JsonObject claims, Handshake handshake) {}
