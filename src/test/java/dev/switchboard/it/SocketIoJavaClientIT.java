package dev.switchboard.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official client for Java, which shares no code with that for JavaScript. */
class SocketIoJavaClientIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static TestServer server;

    private final Inbox<String> heard = new Inbox<>();
    private Socket socket;

    @BeforeAll
    static void start() {
        server = TestServer.start("{\"/\": {}, \"/open\": {\"auth\": \"none\"}}");
        server.handle(on -> on.event("who", (from, data) -> from.user().name())
                .event("back", (from, data) -> from.emit("back", data))
                .event(
                        "ask",
                        (from, data) -> from.ask("question", data, LIMIT)
                                .onSuccess(answer -> from.emit("answered", answer))
                                .mapEmpty())
                .event("leave", (from, data) -> from.disconnect()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void hangUp() {
        socket.disconnect();
    }

    private void connect(String namespace, Map<String, String> auth, String... transports) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setTransports(transports)
                .setAuth(auth)
                .build();
        socket = IO.socket(URI.create(server.url(namespace)), options);
        socket.on(Socket.EVENT_CONNECT, args -> heard.add("connect"));
        socket.on(Socket.EVENT_CONNECT_ERROR, args -> heard.add("refused " + args[0]));
        socket.on(Socket.EVENT_DISCONNECT, args -> heard.add("disconnect " + args[0]));
        socket.io().on(Manager.EVENT_TRANSPORT, args -> heard.add("transport"));
        socket.connect();
    }

    private void hear(String what) {
        assertThat(heard.next(what, what::equals)).isEqualTo(what);
    }

    @ParameterizedTest
    @ValueSource(strings = {Polling.NAME, WebSocket.NAME, "both"})
    void client_withAToken_isThatUser_whateverTheTransport(String transport) {
        String[] transports =
                transport.equals("both") ? new String[] {Polling.NAME, WebSocket.NAME} : new String[] {transport};
        connect("/", Map.of("token", Tokens.of("ann")), transports);
        hear("connect");

        for (int n = 0; n < 20; n++) {
            socket.emit("who", new Object[0], (Ack) args -> heard.add("is " + args[0]));
            hear("is Name of ann");
        }
        assertThat(socket.id()).isNotEmpty();
    }

    @Test
    void client_withoutAToken_isRefused_andToldWhy() {
        connect("/", Map.of(), WebSocket.NAME);

        assertThat(heard.next("the refusal", what -> what.startsWith("refused")))
                .contains("Invalid user")
                .contains("4001");
    }

    @Test
    void bytesAndSeveralArguments_comeBack() {
        connect("/", Map.of("token", Tokens.of("ann")), WebSocket.NAME);
        hear("connect");
        socket.on("back", args -> heard.add(args.length + " " + args[0] + " " + new String((byte[]) args[1], UTF_8)));

        socket.emit("back", "two", "bytes".getBytes(UTF_8));

        hear("2 two bytes");
    }

    @Test
    void question_ofAHandler_isAnswered() {
        connect("/", Map.of("token", Tokens.of("ann")), Polling.NAME);
        hear("connect");
        socket.on("question", args -> ((Ack) args[1]).call("not " + ((JSONObject) args[0]).optString("a")));
        socket.on("answered", args -> heard.add("answered " + args[0]));

        socket.emit("ask", new JSONObject(Map.of("a", "b")));

        hear("answered not b");
    }

    @Test
    void kick_isADisconnectByTheServer() {
        connect("/", Map.of("token", Tokens.of("ann")), WebSocket.NAME);
        hear("connect");

        socket.emit("leave");

        hear("disconnect io server disconnect");
    }
}
