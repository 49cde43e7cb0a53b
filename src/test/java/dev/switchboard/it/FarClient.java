package dev.switchboard.it;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Clients that connect from an address of their choice, with headers of their choice: those of Vert.x. */
final class FarClient implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final JsonObject WHERE =
            new JsonObject().put("event", "where").put("id", 1);

    private final Vertx vertx;
    private final int port;
    private final HttpClient http;
    private final WebSocketClient webSockets;
    private final boolean secure;

    /** @param certificate trusted where the server speaks TLS */
    FarClient(Vertx vertx, String address, int port, @Nullable Certificate certificate) {
        this.vertx = vertx;
        this.port = port;
        this.secure = certificate != null;
        HttpClientOptions options = new HttpClientOptions().setLocalAddress(address);
        WebSocketClientOptions upgrades = new WebSocketClientOptions().setLocalAddress(address);
        if (certificate != null) {
            PemTrustOptions trust =
                    new PemTrustOptions().addCertPath(certificate.pem().toString());
            options.setSsl(true).setTrustOptions(trust);
            upgrades.setSsl(true).setTrustOptions(trust);
        }
        http = vertx.createHttpClient(options);
        webSockets = vertx.createWebSocketClient(upgrades);
    }

    private WebSocketConnectOptions target(Map<String, String> headers) {
        WebSocketConnectOptions target = new WebSocketConnectOptions()
                .setHost(HOST)
                .setPort(port)
                .setURI("/ws")
                .setSsl(secure);
        headers.forEach(target::addHeader);
        return target;
    }

    /** The status that answers an upgrade. */
    int upgrade(Map<String, String> headers) {
        return await(() -> webSockets
                .connect(target(headers))
                .compose(socket -> socket.close().map(101))
                .recover(refused -> refused instanceof UpgradeRejectedException rejected
                        ? Future.succeededFuture(rejected.getStatus())
                        : Future.failedFuture(refused)));
    }

    /** The address that the node sees, and whether it takes the connection for secure. */
    String whereByWebSocket(Map<String, String> headers) {
        Inbox<JsonObject> inbox = new Inbox<>();
        await(() -> webSockets.connect(target(headers)).compose(socket -> {
            socket.textMessageHandler(text -> inbox.add(new JsonObject(text)));
            return socket.writeTextMessage(WHERE.encode());
        }));
        return told(inbox.next("the answer", message -> message.containsKey("ack")));
    }

    /** The same through xhr-polling. */
    String whereByPolling(Map<String, String> headers) {
        String session = "/sockjs/000/" + UUID.randomUUID() + "/";
        String send = new JsonArray().add(WHERE.encode()).encode();
        post(session + "xhr", "", headers);
        post(session + "xhr_send", send, headers);
        while (true) {
            String frame = post(session + "xhr", "", headers).strip();
            if (!frame.startsWith("a")) {
                throw new AssertionError(frame);
            }
            for (Object message : new JsonArray(frame.substring(1))) {
                JsonObject said = new JsonObject(message.toString());
                if (said.containsKey("ack")) {
                    return told(said);
                }
            }
        }
    }

    private static String told(JsonObject ack) {
        JsonObject where = ack.getJsonObject("data");
        return where.getString("address") + (where.getBoolean("secure") ? " secure" : " plain");
    }

    private String post(String path, String body, Map<String, String> headers) {
        return await(() -> http.request(HttpMethod.POST, port, HOST, path)
                .compose(request -> {
                    MultiMap sent = request.headers();
                    headers.forEach(sent::set);
                    return request.send(body);
                })
                .compose(HttpClientResponse::body)
                .map(Object::toString));
    }

    /** All on one event loop, or something may have come before anybody waits for it. */
    private <T> T await(Supplier<Future<T>> action) {
        return TestServer.await(
                Future.future(promise -> vertx.runOnContext(v -> action.get().onComplete(promise))));
    }

    @Override
    public void close() {
        TestServer.await(Future.all(http.close(), webSockets.close()));
    }
}
