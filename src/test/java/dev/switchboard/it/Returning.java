package dev.switchboard.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client of the events dialect that comes back as the page on the wire says, by hand: its lines are other people's. */
final class Returning {
    private final Clients clients;
    private final Transport transport;
    private final String namespace;
    private final Map<String, String> at = new LinkedHashMap<>();
    private final List<JsonObject> events = new ArrayList<>();
    private JsonObject open = new JsonObject();
    private TestClient client;

    Returning(Clients clients, Transport transport, String namespace) {
        this.clients = clients;
        this.transport = transport;
        this.namespace = namespace;
    }

    /** Connects for the first time. */
    Returning connect() {
        client = clients.connect(transport, namespace, "");
        open = client.next("open").getJsonObject("data");
        return this;
    }

    /** Breaks off without a good-bye. */
    void breakOff() {
        client.hangUp();
        client.awaitClosed();
        note();
    }

    /** Comes back, wherever that is; tells what the server says. */
    JsonObject comeBack() {
        return comeBack(open.getJsonObject("resume").getString("key"));
    }

    JsonObject comeBack(String key) {
        TestClient former = client;
        client = clients.connect(transport, namespace, "?resume=1");
        client.countsOn(former);
        JsonObject resume = new JsonObject()
                .put("id", open.getString("id"))
                .put("key", key)
                .put("at", new JsonArray(new ArrayList<>(at.values())));
        client.emit("auth", new JsonObject().put("resume", resume));
        open = client.next("open").getJsonObject("data");
        if (!open.getBoolean("resumed")) {
            at.clear();
        }
        return open;
    }

    TestClient client() {
        return client;
    }

    String id() {
        return open.getString("id");
    }

    String key() {
        return open.getJsonObject("resume").getString("key");
    }

    /** Notes what has come, as a client does at once. */
    private void note() {
        for (String text : client.inbox().all()) {
            JsonObject message = new JsonObject(text);
            if (message.containsKey("at")) {
                String position = message.getString("at");
                at.put(position.substring(0, position.indexOf(':')), position);
                events.add(message);
            }
        }
    }

    /** The data of all events of this name that ever came, once nothing more is on its way. */
    List<Object> heard(String event) {
        List<JsonObject> all = new ArrayList<>(events);
        client.inbox().all().stream()
                .map(JsonObject::new)
                .filter(message -> message.containsKey("at"))
                .forEach(all::add);
        return all.stream()
                .filter(message -> event.equals(message.getString("event")))
                .map(message -> message.getValue("data"))
                .toList();
    }
}
