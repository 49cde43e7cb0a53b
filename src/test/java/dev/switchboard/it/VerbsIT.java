package dev.switchboard.it;

import static dev.switchboard.it.VerbHandlers.HIT;
import static dev.switchboard.it.VerbHandlers.id;
import static dev.switchboard.it.VerbHandlers.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What handlers, and code without a socket at hand, can do to sockets. Each test is alone in its rooms and users. */
@EveryClient
@Tag("cluster")
class VerbsIT {
    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final String room;
    private final String user;

    VerbsIT(Transport transport) {
        clients = new Clients(server, transport);
        room = "room of " + transport + "/ü.*";
        user = "user of " + transport;
    }

    @BeforeAll
    static void start() {
        server = TestServer.open();
        server.handle("/", 2, ThreadingModel.WORKER, VerbHandlers::verbs);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Object> hits(TestClient client) {
        return server.heardBy(client, "/", HIT);
    }

    @Test
    void emit_toASocket_reachesItAlone() {
        TestClient one = clients.open();
        TestClient other = clients.open();

        one.answer("to socket", say(id(other), "hello"));

        assertThat(hits(other)).containsExactly("hello");
        assertThat(hits(one)).isEmpty();
    }

    @Test
    void emit_toASocketThatIsNotThere_tellsTheHandler() {
        TestClient one = clients.open();

        assertThat(one.refusal("to socket", say("nobody.0000", "hello")).getString("code"))
                .isEqualTo("NO_SOCKET");
    }

    @Test
    void emit_toAUser_reachesAllItsSockets() {
        TestClient sender = clients.open();
        TestClient tab = clients.openAs(user);
        TestClient phone = clients.openAs(user);
        TestClient stranger = clients.openAs("not " + user);

        sender.answer("to user", say(user, "hello"));

        assertThat(hits(tab)).containsExactly("hello");
        assertThat(hits(phone)).containsExactly("hello");
        assertThat(hits(stranger)).isEmpty();
        assertThat(hits(sender)).isEmpty();
    }

    @Test
    void emit_toTheNamespace_reachesEverybodyWithOrWithoutTheSender() {
        TestClient sender = clients.open();
        TestClient one = clients.open();
        TestClient other = clients.open();

        sender.answer("to all", say("", "all"));
        sender.answer("to others", say("", "others"));
        sender.answer("broadcast", say("", "broadcast"));
        sender.answer("to all except", say(id(one), "except one"));

        assertThat(hits(sender)).containsExactly("all");
        assertThat(hits(one)).containsExactly("all", "others", "broadcast");
        assertThat(hits(other)).containsExactly("all", "others", "broadcast", "except one");
    }

    @Test
    void emits_ofAllKinds_arriveInTheOrderMade() {
        TestClient client = clients.openAs(user + " in turn");

        int id = client.ask("in turn", room + "4");

        assertThat(client.ack(id).getString("data")).isEqualTo("over");
        assertThat(client.heard("turn"))
                .extracting(event -> event.getInteger("data"))
                .isEqualTo(IntStream.range(0, 200).boxed().toList());
        assertThat(client.inbox().all()).last().asString().contains("over");
    }

    @Test
    void disconnect_ofAnother_endsItAlone() {
        TestClient one = clients.open();
        TestClient other = clients.open();
        String id = id(other);

        one.answer("kick", id);

        other.assertEnds(CloseReason.KICKED);
        assertThat(one.refusal("kick", id).getString("code")).isEqualTo("NO_SOCKET");
    }

    @Test
    void namespace_withoutASocketAtHand_hasTheSameVerbs() {
        TestClient client = clients.openAs(user + " away");
        String id = id(client);
        server.vertx()
                .setTimer(
                        1,
                        t -> server.namespace("/")
                                .socket(id)
                                .join(room + "6")
                                .onSuccess(v ->
                                        server.namespace("/").room(room + "6").emit(HIT, "from a timer")));

        assertThat(client.data(HIT)).isEqualTo("from a timer");
        server.namespace("/").user(user + " away").emit(HIT, new JsonObject().put("from", "a test"));
        assertThat(client.data(HIT)).isEqualTo(new JsonObject().put("from", "a test"));
        assertThat(TestServer.await(server.namespace("/").room(room + "6").sockets()))
                .hasSize(1);
        assertThat(TestServer.await(server.namespace("/").rooms())).contains(room + "6");
    }

    @Test
    void namespace_inAnHttpRoute_reachesClients() throws Exception {
        TestClient client = clients.open();
        String id = id(client);
        Router router = Router.router(server.vertx());
        router.post("/news")
                .handler(request ->
                        server.namespace("/").socket(id).emit(HIT, "news").onSuccess(v -> request.end()));
        int port = TestServer.await(
                        server.vertx().createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();

        HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/news"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        int status = HttpClient.newHttpClient()
                .send(post, HttpResponse.BodyHandlers.discarding())
                .statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(client.data(HIT)).isEqualTo("news");
    }
}
