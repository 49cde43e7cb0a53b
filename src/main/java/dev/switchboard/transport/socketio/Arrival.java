package dev.switchboard.transport.socketio;

import dev.switchboard.config.Access;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.wire.Handshake;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the first request of a session says, by which it enters one namespace after the other.
 *
 * @param handshakes how the connection began, as each namespace that its page may enter sees it, by what the configuration calls
 *     that
 * @param address the client's
 * @param token of the URL; null without
 */
record Arrival(
        Map<String, Handshake> handshakes,
        String address,
        @Nullable String token) {
    /** Of a request that may enter these namespaces. */
    static Arrival of(HttpServerRequest request, Iterable<NamespaceConfig> allowed) {
        Handshake plain = Handshake.of(request);
        Map<String, Handshake> handshakes = new HashMap<>();
        for (NamespaceConfig namespace : allowed) {
            Access access = namespace.access();
            handshakes.put(
                    namespace.declared(),
                    plain.withCookies(request, access.cookies(), access.session(), access.sessionCookie()));
        }
        return new Arrival(handshakes, plain.address(), request.getParam("token"));
    }
}
