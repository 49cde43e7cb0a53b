package dev.switchboard.it;

import dev.switchboard.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What middleware and handlers of this JVM saw of each socket, in their order; sockets are told apart by their query. */
final class Watch {
    private static final Map<String, Inbox<String>> SEEN = new ConcurrentHashMap<>();

    private Watch() {}

    static Inbox<String> of(String name) {
        return SEEN.computeIfAbsent(name, n -> new Inbox<>());
    }

    static Inbox<String> of(Socket socket) {
        return of(socket.handshake().query().getOrDefault("name", "nobody"));
    }
}
