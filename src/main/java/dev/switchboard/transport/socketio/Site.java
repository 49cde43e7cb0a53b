package dev.switchboard.transport.socketio;

import dev.switchboard.config.Limits;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.SocketIoConfig;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * What is served, and to whom.
 *
 * @param namespaces by name
 * @param guard whether the page of a request may enter a namespace
 */
public record Site(
        SocketIoConfig config,
        Map<String, NamespaceConfig> namespaces,
        Limits limits,
        BiPredicate<HttpServerRequest, NamespaceConfig> guard) {
    /** The namespaces that the page of a request may enter. */
    Collection<NamespaceConfig> allowed(HttpServerRequest request) {
        return namespaces.values().stream()
                .filter(namespace -> guard.test(request, namespace))
                .toList();
    }
}
