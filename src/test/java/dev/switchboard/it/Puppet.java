package dev.switchboard.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The near end of {@code puppet.mjs}: lets JavaScript clients, wherever they run, act for tests. For any thread. */
final class Puppet {
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, Line.Listener> listeners = new ConcurrentHashMap<>();
    private final Consumer<String> commands;

    /** @param commands takes lines to the far end, one at a time */
    Puppet(Consumer<String> commands) {
        this.commands = commands;
    }

    /** Lets it connect; its requests have these headers where that can be had. */
    Line open(Transport transport, String url, Map<String, String> headers, Line.Listener listener) {
        int id = ids.incrementAndGet();
        listeners.put(id, listener);
        JsonObject command = new JsonObject()
                .put("url", url)
                .put("sockjs", transport.sockJs())
                .put("socketio", transport.socketIo());
        if (!headers.isEmpty()) {
            command.put("headers", new JsonObject(new HashMap<>(headers)));
        }
        tell("open", id, command);
        return new Line() {
            @Override
            public void send(List<String> messages) {
                tell("send", id, new JsonObject().put("messages", new JsonArray(messages)));
            }

            @Override
            public void close(int code, String reason) {
                tell("close", id, new JsonObject().put("code", code).put("reason", reason));
            }
        };
    }

    private synchronized void tell(String verb, int id, JsonObject command) {
        commands.accept(command.put("do", verb).put("id", id).encode());
    }

    /** A line came from the far end. */
    void heard(String line) {
        JsonObject what = new JsonObject(line);
        Line.Listener listener = listeners.get(what.getInteger("id"));
        switch (what.getString("on")) {
            case "open" -> listener.opened(what.getString("transport"));
            case "message" -> listener.message(what.getString("text"));
            case "close" -> listener.closed(new Closed(what.getInteger("code"), what.getString("reason")));
            default -> throw new AssertionError(line);
        }
    }
}
