package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The example {@code koa-room}: numbered texts for everybody, and page tokens that say who somebody is. */
@ParameterizedClass
@EnumSource(names = {"JDK_WEBSOCKET", "NODE_WEBSOCKET"})
@Tag("cluster")
class KoaRoomIT {
    private static final String SIGNED_IN = "{\"code\":0,\"data\":\"登录成功\"}";

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    KoaRoomIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    /** Somebody who is in. */
    private record Person(JsonObject user, TestClient client) {
        JsonObject next() {
            return new JsonObject(client.inbox().next());
        }

        void assertNext(long id, String type, JsonObject of, Object data) {
            JsonObject message = next();
            assertThat(message.fieldNames()).containsExactly("id", "type", "user", "data");
            assertThat(message.getLong("id")).isEqualTo(id);
            assertThat(message.getString("type")).isEqualTo(type);
            assertThat(message.getJsonObject("user")).isEqualTo(of);
            assertThat(message.getValue("data")).isEqualTo(data);
        }
    }

    @BeforeAll
    static void start() {
        server = ExampleServer.start("koa-room");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Those of the test before may be about to leave, and would be told. */
    @BeforeEach
    void awaitNobody() {
        TestServer.await(server.namespace("/").all().disconnect(CloseReason.KICKED));
        await().atMost(Inbox.DEADLINE)
                .until(() ->
                        TestServer.await(server.namespace("/").all().sockets()).isEmpty());
    }

    private static HttpResponse<String> signIn(String name) {
        return HttpClients.request(
                "POST",
                server.nextUrl("/wsin"),
                name.isEmpty() ? "" : "name=" + URLEncoder.encode(name, StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private static JsonObject visitor(HttpResponse<String> answer) {
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).startsWith("name=").contains("; path=/;", "; httponly");
        byte[] value = Base64.getDecoder().decode(cookie.substring(5, cookie.indexOf(';')));
        return new JsonObject(new String(value, StandardCharsets.UTF_8));
    }

    private TestClient connect(String query) {
        return clients.connect(transport, "/", query);
    }

    private static String token(HttpResponse<String> answer) {
        return Clients.query("token", answer.headers().firstValue("Page-Token").orElseThrow());
    }

    /** Comes in, and reads what a newcomer hears; returns the number of its list, too. */
    private Person comes(String name, Person... before) {
        HttpResponse<String> answer = signIn(name);
        Person person = new Person(visitor(answer), connect(token(answer)));
        long id = person.next().getLong("id");
        List<JsonObject> users = Stream.concat(Stream.of(before), Stream.of(person))
                .map(Person::user)
                .toList();
        person.assertNext(id + 1, "list", person.user, new JsonArray(users));
        return person;
    }

    /** The number of the message that a person gets next, and everybody with it. */
    private static long speaks(Person person, String text) {
        person.client.send(text);
        JsonObject said = person.next();
        assertThat(said.getString("type")).isEqualTo("chat");
        assertThat(said.getString("data")).isEqualTo(text.strip());
        return said.getLong("id");
    }

    @Test
    void signIn_answersAsTheOriginal() {
        HttpResponse<String> first = signIn("张三");
        HttpResponse<String> second = signIn("");

        assertThat(List.of(first.body(), second.body())).containsOnly(SIGNED_IN);
        JsonObject user = visitor(first);
        int id = user.getInteger("id");
        assertThat(user)
                .isEqualTo(new JsonObject()
                        .put("type", "游客")
                        .put("id", id)
                        .put("name", "张三")
                        .put("image", id % 10));
        assertThat(visitor(second))
                .isEqualTo(new JsonObject()
                        .put("type", "游客")
                        .put("id", id + 1)
                        .put("name", "路人甲")
                        .put("image", (id + 1) % 10));
        assertThat(signIn("x".repeat(41)).statusCode()).isEqualTo(400);
    }

    @Test
    void signOut_clearsTheCookie() {
        HttpResponse<String> answer = HttpClients.request("GET", server.nextUrl("/wsout"), "");

        assertThat(answer.body()).isEqualTo("{\"code\":0,\"data\":\"退出成功\"}");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("name=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT");
    }

    @Test
    void page_isOnTheSamePort_andNamesItsVisitor() {
        int id = visitor(signIn("")).getInteger("id");

        for (String path : List.of("/", "/ws")) {
            assertThat(HttpClients.request("GET", server.nextUrl(path), "").body())
                    .contains("路人" + "甲乙丙丁戊己庚辛壬癸".charAt(id % 10));
        }
    }

    @Test
    void comingSpeakingAndLeaving_isNumberedForAll() {
        Person ann = comes("安");
        long last = speaks(ann, "hello");

        Person bob = comes("鲍勃", ann);
        ann.assertNext(last + 1, "join", bob.user, "鲍勃 joined.");
        assertThat(bob.client.inbox().all()).hasSize(2).first().asString().contains("\"id\":" + (last + 1));

        bob.client.send(" \u3000\u00A0 ", "", "  hi, ann\n");
        for (Person each : List.of(ann, bob)) {
            each.assertNext(last + 3, "chat", bob.user, "hi, ann");
        }
        bob.client.hangUp();
        ann.assertNext(last + 4, "left", bob.user, "鲍勃 is left.");
        assertThat(speaks(ann, "alone")).isEqualTo(last + 5);
    }

    @Test
    void connection_ofNobody_endsAndIsToldToNobody() {
        Person ann = comes("ann");
        long last = speaks(ann, "one");
        String forged = Base64.getEncoder()
                .encodeToString(ann.user.put("name", "forged").encode().getBytes(StandardCharsets.UTF_8));
        clients.visit("name=" + forged);
        List<TestClient> refused = List.of(connect(""), connect("?token=forged"));
        clients.visit("");

        for (TestClient nobody : refused) {
            assertThat(nobody.awaitClosed()).isEqualTo(new Closed(4001, "Invalid user"));
            assertThat(nobody.inbox().all()).isEmpty();
        }
        assertThat(speaks(ann, "two")).isEqualTo(last + 1);
    }

    @Test
    void binaryMessage_isIgnored() {
        Person ann = comes("ann");
        long last = speaks(ann, "one");
        HttpResponse<String> answer = signIn("bin");
        try (RawPeer peer = RawPeer.open(server.nextPort(), "/ws" + token(answer))) {
            assertThat(peer.nextText()).contains("\"join\"");
            assertThat(peer.nextText()).contains("\"list\"");

            peer.frame(RawPeer.BINARY, new byte[] {1, 2});
            peer.text("still here");

            assertThat(new JsonObject(peer.nextText()).getLong("id")).isEqualTo(last + 3);
        }
        ann.assertNext(last + 1, "join", visitor(answer), "bin joined.");
        ann.assertNext(last + 3, "chat", visitor(answer), "still here");
    }

    @Test
    void tokenOfAGuest_isAUserToo_alsoOverSockJs() {
        Person ann = comes("ann");
        long last = speaks(ann, "one");
        TestClient guest = clients.connect(Transport.SOCKJS_WEBSOCKET, "/", Clients.query("token", Tokens.of("guest")));
        guest.next("open");
        JsonObject user = ann.next().getJsonObject("user");

        guest.emit("message", " hello ");

        assertThat(user.getString("id")).isEqualTo("guest");
        assertThat(user.getString("name")).isEqualTo("Name of guest");
        ann.assertNext(last + 3, "chat", user, "hello");
        assertThat(guest.next("message").getJsonObject("data").getLong("id")).isEqualTo(last + 1);
    }
}
