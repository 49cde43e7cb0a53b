package dev.switchboard.types;

import dev.switchboard.config.NamespaceConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The events of namespaces as an AsyncAPI 3.0 document, seen from the server: what clients send it receives. Each namespace is
 * a channel, and the messages are those of the events dialect. The schemas of data stand among the components, under {@code
 * <namespace>.<event>.in}, {@code .answer} and {@code .out}.
 */
public final class AsyncApi {
    private static final String VERSION = "3.0.0";
    private static final JsonObject NUMBER = new JsonObject()
            .put("type", "integer")
            .put("minimum", 1)
            .put("description", "Given when an answer is wanted; never used again by this socket.");

    private final JsonObject channels = new JsonObject();
    private final JsonObject operations = new JsonObject();
    private final JsonObject messages = new JsonObject();
    private final JsonObject schemas = new JsonObject();
    private final Set<String> keys = new HashSet<>();

    private AsyncApi() {}

    /**
     * The document.
     *
     * @param version the application's, or the server's
     * @param host where the server is, with its port
     */
    public static JsonObject of(List<NamespaceEvents> namespaces, String version, String host, boolean tls) {
        AsyncApi document = new AsyncApi();
        namespaces.forEach(document::add);
        JsonObject server = new JsonObject().put("host", host).put("protocol", tls ? "wss" : "ws");
        return new JsonObject()
                .put("asyncapi", VERSION)
                .put(
                        "info",
                        new JsonObject()
                                .put("title", "Switchboard at " + host)
                                .put("version", version)
                                .put("description", "Messages are JSON, one of the messages below each."))
                .put("defaultContentType", "application/json")
                .put("servers", new JsonObject().put("server", server))
                .put("channels", document.channels)
                .put("operations", document.operations)
                .put(
                        "components",
                        new JsonObject().put("messages", document.messages).put("schemas", document.schemas));
    }

    private void add(NamespaceEvents events) {
        NamespaceConfig namespace = events.namespace();
        String channel = key(namespace.name().equals("/") ? "root" : namespace.name());
        JsonObject all = new JsonObject();
        channels.put(
                channel,
                new JsonObject()
                        .put("address", namespace.ws().orElse(null))
                        .put("title", namespace.name())
                        .put("description", description(namespace))
                        .put("messages", all));
        for (EventDeclaration event : events.events()) {
            String name = key(channel + "." + event.event());
            if (event.isTaken()) {
                JsonObject operation = operation("receive", channel, event);
                add(all, operation, message(name + ".in", event.event(), event.in(), true));
                operation.put("reply", reply(all, channel, name + ".answer", event.answer()));
                operations.put(name + ".in", operation);
            }
            if (event.isSent()) {
                JsonObject operation = operation("send", channel, event);
                add(all, operation, message(name + ".out", event.event(), event.out(), false));
                operations.put(name + ".out", operation);
            }
        }
    }

    private static String description(NamespaceConfig namespace) {
        List<String> says = new ArrayList<>();
        says.add("The namespace " + namespace.name() + ".");
        says.add(
                namespace.auth() == NamespaceConfig.Auth.REQUIRED
                        ? "A client needs a page token."
                        : "A client needs no page token.");
        namespace.sockjs().ifPresent(path -> says.add("SockJS is at " + path + "."));
        return String.join(" ", says);
    }

    private static JsonObject operation(String action, String channel, EventDeclaration event) {
        JsonObject operation = new JsonObject()
                .put("action", action)
                .put("channel", reference("channels", channel))
                .put("title", event.event())
                .put("messages", new JsonArray());
        return event.description().isEmpty() ? operation : operation.put("description", event.description());
    }

    /** Puts a message into a channel and an operation. */
    private void add(JsonObject channel, JsonObject operation, Named message) {
        messages.put(message.name, message.json);
        channel.put(message.name, reference("components/messages", message.name));
        String place = operation.getJsonObject("channel").getString("$ref").substring(2) + "/messages";
        operation.getJsonArray("messages").add(reference(place, message.name));
    }

    private JsonObject reply(JsonObject all, String channel, String name, Optional<JsonObject> answer) {
        JsonObject reply =
                new JsonObject().put("channel", reference("channels", channel)).put("messages", new JsonArray());
        JsonObject payload = new JsonObject()
                .put("type", "object")
                .put("required", new JsonArray().add("ack"))
                .put("properties", new JsonObject().put("ack", NUMBER.copy()).put("data", data(name, answer)));
        add(
                all,
                reply,
                new Named(name, new JsonObject().put("title", "The answer").put("payload", payload)));
        return reply;
    }

    private record Named(String name, JsonObject json) {}

    private Named message(String name, String event, Optional<JsonObject> schema, boolean mayAsk) {
        JsonObject properties = new JsonObject()
                .put("event", new JsonObject().put("const", event))
                .put("data", data(name, schema));
        if (mayAsk) {
            properties.put("id", NUMBER.copy());
        }
        JsonObject payload = new JsonObject()
                .put("type", "object")
                .put("required", new JsonArray().add("event"))
                .put("properties", properties);
        return new Named(
                name, new JsonObject().put("name", event).put("title", event).put("payload", payload));
    }

    private JsonObject data(String name, Optional<JsonObject> schema) {
        schema.ifPresent(known -> schemas.put(name, placed(known, "#/components/schemas/" + name)));
        return schema.isPresent() ? reference("components/schemas", name) : new JsonObject();
    }

    /** The same at another place of a document: references follow, and what it said of itself is dropped. */
    private static JsonObject placed(JsonObject schema, String place) {
        JsonObject placed = (JsonObject) moved(schema, place);
        placed.remove("$schema");
        placed.remove("$id");
        return placed;
    }

    private static Object moved(Object part, String place) {
        if (part instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            for (Map.Entry<String, Object> entry : object) {
                Object value = entry.getValue();
                boolean isReference = entry.getKey().equals("$ref") && value instanceof String;
                copy.put(
                        entry.getKey(), isReference ? ((String) value).replaceFirst("^#", place) : moved(value, place));
            }
            return copy;
        }
        if (part instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(one -> copy.add(moved(one, place)));
            return copy;
        }
        return part;
    }

    private static JsonObject reference(String place, String key) {
        return new JsonObject().put("$ref", "#/" + place + "/" + key);
    }

    /** Letters, digits, dots, hyphens and underscores are all that a key may have; each is given once. */
    private String key(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9.]+", "_").replaceAll("^_+|_+$", "");
        String name = plain.isEmpty() ? "event" : plain;
        String free = name;
        for (int n = 2; !keys.add(free); n++) {
            free = name + n;
        }
        return free;
    }
}
