package dev.switchboard.bench;

import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/** A client over plain WebSocket. */
final class CostClient {
    private final Promise<String> opened = Promise.promise();
    private final WebSocket socket;
    private volatile Consumer<String> listener = text -> {};

    private CostClient(WebSocket socket) {
        this.socket = socket;
    }

    /** @param path of the WebSocket mount, with a query if any */
    static CostClient open(WebSocketClient outside, CostNode node, String path) {
        WebSocket socket = outside.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(node.port())
                        .setURI(path))
                .map(connected -> connected.pause())
                .await();
        CostClient client = new CostClient(socket);
        socket.textMessageHandler(client::heard);
        socket.resume();
        client.opened.future().await();
        return client;
    }

    private void heard(String text) {
        if (text.startsWith("{\"event\":\"open\"")) {
            opened.tryComplete(new JsonObject(text).getJsonObject("data").getString("id"));
        } else {
            listener.accept(text);
        }
    }

    String id() {
        return opened.future().result();
    }

    void listen(Consumer<String> to) {
        listener = to;
    }

    void emit(String event, Object data) {
        socket.writeTextMessage(
                new JsonObject().put("event", event).put("data", data).encode());
    }

    void close() {
        socket.close().await();
    }
}
