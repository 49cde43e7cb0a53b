package dev.switchboard.bench.load;

import io.vertx.core.json.JsonObject;

/** Socket.IO protocol 5 in Engine.IO protocol 4, over WebSocket alone: no polling first. */
final class SocketIoDialect implements Dialect {
    @Override
    public String path(String token, int number) {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    public String event(String name, String json) {
        return "42[\"" + name + "\"," + json + "]";
    }

    @Override
    public String ask(int id, String name, String json) {
        return "42" + id + "[\"" + name + "\"," + json + "]";
    }

    @Override
    public Said read(String text, String token) {
        if (text.startsWith("0")) {
            return new Said(
                    Said.Kind.REPLY, "40" + new JsonObject().put("token", token).encode());
        } else if (text.startsWith("40")) {
            return new Said(Said.Kind.OPEN, new JsonObject(text.substring(2)).getString("sid"));
        } else if (text.startsWith("43")) {
            return Said.ANSWER;
        } else if (text.equals("2")) {
            return new Said(Said.Kind.REPLY, "3");
        }
        return text.startsWith("41") || text.startsWith("44") || text.startsWith("1")
                ? new Said(Said.Kind.FAULT, text)
                : Said.NOTHING;
    }
}
