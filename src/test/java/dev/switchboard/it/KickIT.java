package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Audience;
import dev.switchboard.Namespace;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.ThreadingModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** One socket, one user, one room or a whole namespace is shown out, on every node within a second. */
@EveryClient
@Tag("cluster")
class KickIT {
    private static final CloseReason OWN = CloseReason.of(4711, "Out of hours", true);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;
    private String user;

    KickIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.start("{\"/\": {}, \"/club\": {}}");
        server.handle(
                "/",
                1,
                ThreadingModel.WORKER,
                on -> on.event("join", (socket, data) -> socket.join(data.string()))
                        .event("kick me", (socket, data) -> socket.disconnect())
                        .event(
                                "kick room",
                                (socket, data) ->
                                        socket.toOthersIn(data.string()).disconnect()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        user = test.getDisplayName() + System.nanoTime();
    }

    /** In a browser, which has six connections to a server, one. */
    private List<TestClient> open(String namespace, String of, int count) {
        return IntStream.range(0, transport.isForBrowsers() ? 1 : count)
                .mapToObj(n -> clients.open(namespace, Clients.query("token", Tokens.of(of))))
                .toList();
    }

    private static void assertKicked(Audience meant, List<TestClient> all, CloseReason reason) {
        long began = System.nanoTime();
        TestServer.await(reason.equals(CloseReason.KICKED) ? meant.disconnect() : meant.disconnect(reason));
        all.forEach(client -> client.assertEnds(reason));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
    }

    @Test
    void disconnect_fromAnyNode_endsThoseWhoAreMeantWithinASecond() {
        for (int node = 0; node < server.nodes(); node++) {
            Namespace sockets = Namespace.of(server.vertx(node), "/");
            for (CloseReason reason : List.of(CloseReason.KICKED, OWN)) {
                List<TestClient> users = open("/", user, 4);
                List<TestClient> members = open("/", user + " in", 4);
                members.forEach(member -> member.answer("join", user));
                List<TestClient> single = open("/", user + " alone", 2);
                List<TestClient> others = open("/", user + " else", 2);

                assertKicked(sockets.user(user), users, reason);
                assertKicked(sockets.room(user), members, reason);
                for (TestClient one : single) {
                    assertKicked(sockets.socket(one.id()), List.of(one), reason);
                }

                others.forEach(TestClient::settle);
                assertThat(others).noneMatch(TestClient::isClosed);
            }
        }
    }

    @Test
    void disconnect_ofANamespace_leavesTheOtherOne() {
        List<TestClient> guests = open("/club", user, 4);
        TestClient elsewhere = clients.openAs(user);

        assertKicked(server.namespace("/club").all(), guests, CloseReason.KICKED);

        elsewhere.settle();
        assertThat(elsewhere.isClosed()).isFalse();
    }

    @Test
    void disconnect_byAHandler_is4003() {
        List<TestClient> members = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            members.addAll(open("/", user, 1));
        }
        members.forEach(member -> member.answer("join", user));
        TestClient kicker = members.remove(0);

        kicker.emit("kick room", user);
        members.forEach(member -> member.assertEnds(CloseReason.KICKED));
        kicker.emit("kick me");
        kicker.assertEnds(CloseReason.KICKED);
    }

    @Test
    void kickedClient_cannotGoOnInTheSessionThatItHolds() {
        if (transport != Transport.SOCKJS_XHR_POLLING) {
            return;
        }
        String query = Clients.query("token", Tokens.of(user));
        String session = "/sockjs/000/kicked" + System.nanoTime() + "/";
        assertThat(post(session + "xhr" + query, "")).isEqualTo("o\n");
        String open = post(session + "xhr" + query, "");
        assertThat(open).contains("open");

        TestServer.await(server.namespace("/").user(user).disconnect());

        String say = "[\"{\\\"event\\\":\\\"join\\\",\\\"data\\\":\\\"" + user + "\\\"}\"]";
        HttpClients.request("POST", server.url(session + "xhr_send" + query), say);
        String told = post(session + "xhr" + query, "") + post(session + "xhr" + query, "");
        assertThat(told).contains("4003", "c[");
        assertThat(told).doesNotContain("o\n");
        assertThat(TestServer.await(server.namespace("/").room(user).sockets())).isEmpty();
        assertThat(TestServer.await(server.namespace("/").user(user).sockets())).isEmpty();
    }

    private static String post(String path, String body) {
        return HttpClients.request("POST", server.url(path), body).body();
    }
}
