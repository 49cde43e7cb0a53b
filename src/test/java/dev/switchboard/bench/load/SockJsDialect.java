package dev.switchboard.bench.load;

import io.vertx.core.json.JsonArray;
import java.util.Locale;

/** The same inside the frames of SockJS, over its WebSocket. */
final class SockJsDialect implements Dialect {
    private final Dialect inner = new EventsDialect();

    @Override
    public String path(String token, int number) {
        return String.format(Locale.ROOT, "/sockjs/%03d/session-%08d/websocket?token=%s", number % 1000, number, token);
    }

    @Override
    public String event(String name, String json) {
        return new JsonArray().add(inner.event(name, json)).encode();
    }

    @Override
    public String ask(int id, String name, String json) {
        return new JsonArray().add(inner.ask(id, name, json)).encode();
    }

    /** What is no delivery comes alone. */
    @Override
    public Said read(String text, String token) {
        return switch (text.charAt(0)) {
            case 'o', 'h' -> Said.NOTHING;
            case 'a' -> read(inner.read(new JsonArray(text.substring(1)).getString(0), token));
            default -> new Said(Said.Kind.FAULT, text);
        };
    }

    private static Said read(Said said) {
        return said.kind() == Said.Kind.REPLY
                ? new Said(Said.Kind.REPLY, new JsonArray().add(said.text()).encode())
                : said;
    }
}
