package dev.switchboard.bench.load;

import io.vertx.core.json.JsonObject;

/**
 * One JSON object per message: Switchboard, and the peers that have no protocol of their own.
 *
 * @param at where its WebSockets are
 */
record EventsDialect(String at) implements Dialect {
    EventsDialect() {
        this("/ws");
    }

    @Override
    public String path(String token, int number) {
        return at + "?token=" + token;
    }

    @Override
    public String event(String name, String json) {
        return "{\"event\":\"" + name + "\",\"data\":" + json + "}";
    }

    @Override
    public String ask(int id, String name, String json) {
        return "{\"event\":\"" + name + "\",\"data\":" + json + ",\"id\":" + id + "}";
    }

    @Override
    public Said read(String text, String token) {
        JsonObject said = new JsonObject(text);
        if (said.containsKey("ack")) {
            return said.containsKey("error") ? new Said(Said.Kind.FAULT, text) : Said.ANSWER;
        } else if (said.containsKey("ping")) {
            return new Said(Said.Kind.REPLY, "{\"pong\":" + said.getValue("ping") + "}");
        }
        return switch (said.getString("event", "")) {
            case "open" -> new Said(Said.Kind.OPEN, said.getJsonObject("data").getString("id"));
            case "error", "close" -> new Said(Said.Kind.FAULT, text);
            default -> Said.NOTHING;
        };
    }
}
