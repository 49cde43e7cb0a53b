package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Users;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of {@code vertx-eventbus.js}, and what they reach. */
@Tag("cluster")
class EventBusIT {
    private static final String ROOM = "lobby";

    private static final String READY = "ready";

    /** Connects, and notes all that this connection hears at the addresses in {@code args[1]}. */
    private static final String CONNECT = """
            const bus = new EventBus(args[0], { transports: [args[2]] });
            const seen = { bus, heard: [], refused: [], closed: false };
            Object.assign(state, { seen });
            await new Promise((resolve) => {
              bus.onopen = resolve;
              bus.onclose = (end) => { seen.closed = true; seen.end = `${end.code} ${end.reason}`; resolve(); };
              bus.onerror = (error) => seen.refused.push(error);
            });
            for (const address of args[1]) {
              bus.registerHandler(address, (error, message) => (error ? seen.refused.push(error) : seen.heard.push(message.body)));
            }
            return !seen.closed;
            """;

    private static TestServer server;
    private static NodeConsole node;

    private final List<Clients> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        node = NodeConsole.start();
        server = TestServer.start(new JsonObject("""
                {"namespaces": {"/": {"auth": "none"}},
                 "eventbus": {"inbound": ["chat.say", "chat.who"], "outbound": ["chat.said", "chat.room.*"], "registrations": 3}}"""));
        server.handle(on -> on.event("join", (socket, data) -> socket.join(data.string()))
                .event("say", (socket, data) -> {
                    server.vertx().eventBus().publish("chat.said", data.value());
                    return socket.toRoom(ROOM).emit("said", data);
                }));
        server.vertx().eventBus().consumer("chat.say", EventBusIT::say);
        server.vertx()
                .eventBus()
                .<Object>consumer(
                        "chat.who", asked -> asked.reply(asked.headers().get("user")));
    }

    private static void say(Message<Object> said) {
        server.vertx().eventBus().publish("chat.said", said.body());
        server.namespace("/").room(ROOM).emit("said", said.body());
    }

    @AfterAll
    static void stop() {
        node.close();
        server.close();
    }

    @AfterEach
    void hangUp() {
        node.run("if (state.seen && !state.seen.closed) state.seen.bus.close(); state.seen = null;");
        clients.forEach(Clients::close);
    }

    private boolean connect(String token, String... addresses) {
        return connectOver("websocket", token, addresses);
    }

    private boolean connectOver(String transport, String token, String... addresses) {
        String query = token.isEmpty() ? "" : "?token=" + token;
        return (Boolean)
                node.run(CONNECT, server.nextUrl("/eventbus" + query), new JsonArray(List.of(addresses)), transport);
    }

    private static List<?> heard(int count) {
        return ((JsonArray) node.run(
                        "const heard = () => state.seen.heard.filter((body) => body !== args[1]);"
                                + "await until(() => heard().length >= args[0], () => JSON.stringify([heard(), state.seen.refused]));"
                                + "return heard();",
                        count,
                        READY))
                .getList();
    }

    /** Every node knows some time after it was asked for who hears an address; this awaits it. */
    private static void awaitHears(String address) {
        Awaitility.await().atMost(Inbox.DEADLINE).until(() -> {
            server.vertx().eventBus().publish(address, READY);
            return (Boolean) node.run("if (state.seen.closed) throw new Error('it ended: ' + state.seen.end);"
                    + "return state.seen.heard.length > 0;");
        });
    }

    /** What is refused; nothing else that was asked before it was heard. */
    private static String refused() {
        return node.run("await until(() => state.seen.refused.length > 0, () => 'nothing is refused');"
                        + "return JSON.stringify(state.seen.refused);")
                .toString();
    }

    private TestClient member(Transport transport) {
        Clients opened = new Clients(server, transport);
        clients.add(opened);
        TestClient client = opened.open();
        client.answer("join", ROOM);
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "xhr-streaming", "xhr-polling"})
    void clientsOfAllKinds_chatInOneRoom(String transport) {
        List<TestClient> members = List.of(
                member(Transport.JDK_WEBSOCKET),
                member(Transport.SOCKJS_WEBSOCKET),
                member(Transport.SOCKJS_XHR_POLLING),
                member(Transport.SOCKETIO_WEBSOCKET));
        assertThat(connectOver(transport, Tokens.of("ann"), "chat.said")).isTrue();
        awaitHears("chat.said");

        node.run("state.seen.bus.publish('chat.say', 'from the bus')");
        heard(1);
        members.forEach(member -> assertThat(member.data("said")).isEqualTo("from the bus"));

        for (TestClient member : members) {
            member.answer("say", "from " + member.id());
            members.forEach(each -> assertThat(each.data("said")).isEqualTo("from " + member.id()));
        }
        List<Object> all = new ArrayList<>(List.of("from the bus"));
        members.forEach(member -> all.add("from " + member.id()));
        assertThat(heard(all.size())).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"user\": \"root\"}"})
    void whatIsSent_saysWhoseItIs_whateverTheClientSays(String headers) {
        connect(Tokens.of("ann"));

        Object user = node.run(
                "return new Promise((resolve, reject) => state.seen.bus.send('chat.who', null, args[0],"
                        + " (error, answer) => (error ? reject(error) : resolve(answer.body))));",
                new JsonObject(headers));

        assertThat(user).isEqualTo("ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"switchboard.verbs", "switchboard.announce", "chat.said", "chat.sayx", "__vertx.subs", "chat"})
    void send_toAnAddressThatIsNotNamed_isRefused(String address) {
        connect(Tokens.of("ann"), "chat.said");

        node.run(
                "state.seen.bus.send(args[0], {verb: 'emit'}, {}, (error) => error && state.seen.refused.push(error))",
                address);

        assertThat(refused()).contains("access_denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"switchboard.verbs", "chat.say", "chat.saidx", "chat.roo"})
    void hear_anAddressThatIsNotNamed_isRefused(String address) {
        connect(Tokens.of("ann"), address);

        assertThat(refused()).contains("access_denied");
    }

    @Test
    void hear_anAddressThatBeginsAsOneWithAStar_isHeard_andNotMoreThanAllowed() {
        connect(Tokens.of("ann"), "chat.room.1", "chat.room.2", "chat.room.3", "chat.room.4");

        assertThat(refused()).contains("max_handlers_reached");
        awaitHears("chat.room.2");
        server.vertx().eventBus().publish("chat.room.2", "there");
        assertThat(heard(1)).isEqualTo(List.of("there"));
    }

    @ParameterizedTest
    @CsvSource({
        "/eventbus/info, 401",
        "/eventbus/info?token=x, 401",
        "/eventbus/000/abcdefgh/xhr, 401",
        "/eventbus/websocket, 401"
    })
    void request_withoutAGoodToken_isRefused(String path, int status) {
        String method = path.endsWith("xhr") ? "POST" : "GET";
        assertThat(HttpClients.request(method, server.url(path), "").statusCode())
                .isEqualTo(status);
    }

    @Test
    void request_ofAForeignPage_isRefused() {
        String path = "/eventbus/info?token=" + Tokens.of("ann");
        assertThat(HttpClients.request("GET", server.url(path), "", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(HttpClients.request("GET", server.url(path), "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void token_thatExpires_endsTheConnection() {
        assertThat(connect(Tokens.until("ann", Instant.now().plusSeconds(3)), "chat.said"))
                .isTrue();

        node.run("await until(() => state.seen.closed, () => 'it lives on')");
    }

    @Test
    void token_thatIsRevoked_endsTheConnection() {
        assertThat(connect(Tokens.of("bob"), "chat.said")).isTrue();

        TestServer.await(Users.of(server.vertx()).logOut("bob"));

        node.run("await until(() => state.seen.closed, () => 'it lives on')");
    }
}
