package dev.switchboard.hub;

import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.limit.Bounds;
import dev.switchboard.socket.LiveSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The namespaces of one event loop that fit a pattern: each begins with its first socket, and is forgotten when nothing works
 * for the last any more. On the event loop of the hub.
 */
final class PassingNamespaces {
    private final Map<String, NamespaceSockets> namespaces;
    private final Function<NamespaceConfig, NamespaceSockets> make;
    private final Bounds bounds;
    private final Map<String, Set<LiveSocket>> users = new HashMap<>();

    /**
     * @param namespaces where they are to be found
     * @param bounds how many there may be on the node
     */
    PassingNamespaces(
            Map<String, NamespaceSockets> namespaces, Function<NamespaceConfig, NamespaceSockets> make, Bounds bounds) {
        this.namespaces = namespaces;
        this.make = make;
        this.bounds = bounds;
    }

    /** A socket is about to begin; false when there are too many namespaces besides its own. */
    boolean enter(NamespaceConfig namespace, LiveSocket socket) {
        String name = namespace.name();
        if (namespace.pattern().isEmpty()) {
            return true;
        }
        if (!users.containsKey(name)) {
            if (!bounds.opens(namespace)) {
                return false;
            }
            namespaces.put(name, make.apply(namespace));
            users.put(name, new HashSet<>());
        }
        users.get(name).add(socket);
        return true;
    }

    /** A socket is gone. */
    void leave(NamespaceConfig namespace, LiveSocket socket) {
        String name = namespace.name();
        Set<LiveSocket> left = users.get(name);
        if (left != null && left.remove(socket) && left.isEmpty()) {
            users.remove(name);
            namespaces.remove(name);
            bounds.closes(namespace);
        }
    }
}
