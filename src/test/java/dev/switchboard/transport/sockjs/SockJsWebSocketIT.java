package dev.switchboard.transport.sockjs;

import static dev.switchboard.transport.sockjs.EchoServer.data;
import static dev.switchboard.transport.sockjs.EchoServer.message;
import static dev.switchboard.transport.sockjs.EchoServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SockJS protocol 0.3.3: the WebSocket transport and the raw WebSocket. */
class SockJsWebSocketIT {
    private static final String UPGRADE = "Upgrade: WebSocket";

    private static EchoServer server;

    @BeforeAll
    static void start() {
        server = new EchoServer(new JsonObject());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A client of the JDK; what comes is read one by one, the close as {@code code reason}. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> came = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Client(String path) {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), this)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                came.add(part.toString());
                part.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            came.add(code + " " + reason);
            return CompletableFuture.completedStage(null);
        }

        void send(String text) {
            socket.sendText(text, true).orTimeout(20, TimeUnit.SECONDS).join();
        }

        String next() throws InterruptedException {
            return String.valueOf(came.poll(20, TimeUnit.SECONDS));
        }

        /** Reads what every socket is told first. */
        Client greeted() throws InterruptedException {
            assertThat(next()).isEqualTo("o");
            assertThat(data(next(), "open")).hasSize(1);
            return this;
        }
    }

    @Test
    void webSocket_takesArraysAndStrings() throws InterruptedException {
        Client client = new Client(server.session() + "/websocket").greeted();

        client.send("");
        client.send(say("echo", 1));
        client.send(
                new JsonArray().add(message("echo", 2)).add(message("echo", 3)).encode());
        client.send("\"" + message("echo", 4).replace("\"", "\\\"") + "\"");
        client.send("[]");

        for (int i = 1; i <= 4; i++) {
            assertThat(data(client.next(), "echo")).containsExactly(i);
        }
        client.socket.abort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a", "{}", "[1]", "null", "a"})
    void brokenMessage_closesTheWebSocket(String broken) throws InterruptedException {
        Client client = new Client(server.session() + "/websocket").greeted();

        client.send(broken);

        assertThat(data(client.next(), "close").toString()).contains("1002");
        assertThat(client.next()).startsWith("c[1002,");
        assertThat(client.next()).startsWith("1002 ");
    }

    @Test
    void close_isToldInAFrameBeforeTheWebSocketCloses() throws InterruptedException {
        Client client = new Client(server.session() + "/websocket").greeted();

        client.send(say("leave", 0));

        assertThat(data(client.next(), "close").toString()).contains("4321");
        assertThat(client.next()).isEqualTo(SockJsFrames.close(EchoServer.ENOUGH));
        assertThat(client.next()).isEqualTo("4321 " + EchoServer.ENOUGH.text());
    }

    @Test
    void sessionId_ofWebSockets_meansNothing() throws InterruptedException {
        String path = server.session() + "/websocket";
        Client one = new Client(path).greeted();
        Client two = new Client(path).greeted();

        one.send(say("echo", 1));
        two.send(say("echo", 2));

        assertThat(data(one.next(), "echo")).containsExactly(1);
        assertThat(data(two.next(), "echo")).containsExactly(2);
        assertThat(server.post(path.replace("websocket", "xhr_send"), "[]").status())
                .isEqualTo(404);
        one.socket.abort();
        two.socket.abort();
    }

    @Test
    void rawWebSocket_hasNoFrames() throws InterruptedException {
        Client client = new Client("/sockjs/websocket");
        assertThat(new JsonObject(client.next()).getString("event")).isEqualTo("open");

        client.send(message("echo", "\uffff"));
        assertThat(client.next()).isEqualTo(message("echo", "\uffff"));
        client.send(message("leave", 0));
        assertThat(new JsonObject(client.next()).getString("event")).isEqualTo("close");
        assertThat(client.next()).isEqualTo("4321 " + EchoServer.ENOUGH.text());
    }

    @Test
    void webSocketUrl_withoutUpgrade_isABadRequest() {
        String path = server.session() + "/websocket";

        assertThat(server.get(path).status()).isEqualTo(400);
        assertThat(server.get(path).body()).contains("Can \"Upgrade\" only to \"WebSocket\".");
        assertThat(server.get(path, UPGRADE, "Connection: close").status()).isEqualTo(400);
        assertThat(server.post(path, "", UPGRADE, "Connection: Upgrade").status())
                .isEqualTo(405);
    }
}
