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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SockJS protocol 0.3.3: the WebSocket transport and the raw WebSocket. */
@Tag("conformance-sockjs")
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
        HttpPeer.Answer rewritten = server.get(path, UPGRADE, "Connection: close");
        assertThat(rewritten.status()).isEqualTo(400);
        assertThat(rewritten.body()).contains("\"Connection\" must be \"Upgrade\".");
        for (String upgrade : new String[] {UPGRADE + "\r\nConnection: Upgrade", "X: y"}) {
            for (String each : new String[] {path, "/sockjs/websocket"}) {
                HttpPeer.Answer posted = server.post(each, "", upgrade);
                if (each.equals(path) || upgrade.startsWith(UPGRADE)) {
                    assertThat(posted.status()).as(each).isEqualTo(405);
                    assertThat(posted.header("allow")).isEqualTo("OPTIONS, GET");
                    assertThat(posted.has("content-type")).isFalse();
                    assertThat(posted.body()).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7 Upgrade", "8 Upgrade", "13 Upgrade", "7 keep-alive, Upgrade", "13 keep-alive, upgrade"})
    void upgrade_ofEachVersion_isAnsweredAsItsDraftSays(String asked) {
        String[] parts = asked.split(" ", 2);
        try (HttpPeer peer = new HttpPeer(server.port())) {
            HttpPeer.Answer head = peer.send(
                            "GET",
                            server.session() + "/websocket",
                            "",
                            "Upgrade: websocket",
                            "Connection: " + parts[1],
                            "Sec-WebSocket-Version: " + parts[0],
                            "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==")
                    .head();

            assertThat(head.status()).isEqualTo(101);
            assertThat(head.header("sec-websocket-accept")).isEqualTo("HSmrc0sMlYUkAGmm5OPpG2HaGWk=");
            assertThat(head.header("connection")).isEqualToIgnoringCase("upgrade");
            assertThat(head.header("upgrade")).isEqualToIgnoringCase("websocket");
            assertThat(head.has("content-length")).isFalse();
            assertThat(peer.read(3)).isEqualTo("\ufffd\u0001o");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sec-WebSocket-Version: 0", "Sec-WebSocket-Version: 14", "Sec-WebSocket-Version: x"})
    void upgrade_ofAnotherVersion_isToldTheRightOne(String version) {
        for (String path : new String[] {"/sockjs/websocket", server.session() + "/websocket"}) {
            HttpPeer.Answer answer = server.get(
                    path,
                    UPGRADE,
                    "Connection: Upgrade",
                    "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5",
                    "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==",
                    version.isEmpty() ? "X: y" : version);

            assertThat(answer.status()).isEqualTo(426);
            assertThat(answer.header("sec-websocket-version")).isEqualTo("13");
        }
    }

    @Test
    void session_ofHttp_isNotThatOfAWebSocket() throws InterruptedException {
        String path = server.session();
        assertThat(server.post(path + "/xhr", "").body()).isEqualTo("o\n");
        assertThat(data(server.post(path + "/xhr", "").body(), "open")).hasSize(1);

        Client client = new Client(path + "/websocket").greeted();
        client.send(say("echo", "mine"));
        assertThat(data(client.next(), "echo")).containsExactly("mine");
        server.post(path + "/xhr_send", say("echo", "theirs"));
        assertThat(data(server.post(path + "/xhr", "").body(), "echo")).containsExactly("theirs");
        client.send(say("leave", 0));
        assertThat(data(client.next(), "close")).hasSize(1);

        server.post(path + "/xhr_send", say("echo", "still"));
        assertThat(data(server.post(path + "/xhr", "").body(), "echo")).containsExactly("still");
        assertThat(client.came).doesNotContain("theirs", "still");
    }
}
