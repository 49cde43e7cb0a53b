package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Socket;
import dev.switchboard.bus.Member;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of a socket as its handlers see it: open first, close last, both once. */
@EveryTransport
@Tag("cluster")
class LifeIT {
    /** What handlers saw of one socket: {@code open}, {@code event 1}, … */
    private static final Map<String, Inbox<String>> SEEN = new ConcurrentHashMap<>();

    /** Sockets whose open handler waits, by their query. */
    private static final Map<String, Promise<Void>> HELD = new ConcurrentHashMap<>();

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    LifeIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.open();
        server.handle(on -> on.open(LifeIT::opened)
                .event("event", (socket, data) -> {
                    seen(socket).add("event " + data.number());
                    return data;
                })
                .event("mark", (socket, data) -> {
                    socket.attribute("mark", data.string());
                    return socket.join("hall").compose(v -> socket.rooms()).map(List::copyOf);
                })
                .event(
                        "hall",
                        (socket, data) -> socket.toRoom("hall")
                                .sockets()
                                .map(members ->
                                        members.stream().map(Member::socket).toList()))
                .event("hold", (socket, data) -> {
                    seen(socket).add("hold");
                    return HELD.get(data.string()).future();
                })
                .event(
                        "end",
                        (socket, data) -> socket.disconnect(CloseReason.of(
                                data.number("code").intValue(), data.string("text"), data.bool("reconnect"))))
                .event("kick", (socket, data) -> socket.disconnect(CloseReason.KICKED))
                .close(LifeIT::ended));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Inbox<String> seen(Socket socket) {
        return seen(socket.id());
    }

    private static Inbox<String> seen(String id) {
        return SEEN.computeIfAbsent(id, i -> new Inbox<>());
    }

    private static Object opened(Socket socket) {
        seen(socket).add("open");
        Promise<Void> held = HELD.get(socket.handshake().query().getOrDefault("hold", "no"));
        return held == null ? null : held.future().onSuccess(v -> seen(socket).add("opened"));
    }

    private static Object ended(Socket socket, CloseReason reason) {
        Object mark = socket.attribute("mark");
        return Future.all(socket.rooms(), socket.toRoom("hall").sockets()).map(both -> {
            List<Member> hall = both.resultAt(1);
            boolean inHall = hall.stream().anyMatch(member -> member.socket().equals(socket.id()));
            seen(socket)
                    .add("close " + reason.code() + " " + reason.text() + "; mark " + mark + "; rooms "
                            + both.resultAt(0) + "; in hall " + inHall);
            return null;
        });
    }

    private static String id(TestClient client) {
        return client.next("open").getJsonObject("data").getString("id");
    }

    @Test
    void openHandler_thatTakesLong_endsBeforeTheFirstEvent() {
        String name = transport + " slow";
        Promise<Void> held = Promise.promise();
        HELD.put(name, held);
        TestClient client = clients.connect(Clients.query("hold", name));

        client.emit("event", 1);
        client.emit("event", 2);
        String id = id(client);
        client.settle();
        assertThat(seen(id).next()).isEqualTo("open");
        held.complete();

        assertThat(seen(id).take(3)).containsExactly("opened", "event 1", "event 2");
    }

    @Test
    void openAndClose_sentByTheClient_runNoHandler() {
        TestClient client = clients.connect("");
        String id = id(client);

        client.emit("close");
        client.emit("open");
        client.emit("event", 1);

        assertThat(seen(id).take(2)).containsExactly("open", "event 1");
        client.hangUp();
        assertThat(seen(id).next()).startsWith("close ");
        assertThat(seen(id).all()).hasSize(3);
    }

    @Test
    void closeHandler_runsOnceAndLast_withAttributesAndWithoutRooms() {
        TestClient other = clients.open();
        TestClient client = clients.connect("");
        String id = id(client);

        assertThat(client.answer("mark", "of " + transport).toString()).contains("hall");
        assertThat(other.answer("hall", null).toString()).contains(id);
        client.hangUp();

        String end = seen(id).next("close", seen -> seen.startsWith("close"));
        assertThat(end).contains("mark of " + transport).contains("rooms []").contains("in hall false");
        assertThat(other.answer("hall", null).toString()).doesNotContain(id);
        assertThat(seen(id).all()).containsExactly("open", end);
    }

    @Test
    void closeHandler_waitsForTheEventThatRuns() {
        String name = transport + " running";
        Promise<Void> held = Promise.promise();
        HELD.put(name, held);
        TestClient client = clients.connect("");
        String id = id(client);

        client.emit("hold", name);
        assertThat(seen(id).take(2)).containsExactly("open", "hold");
        client.emit("event", 1);
        client.settle();
        server.namespace("/").socket(id).disconnect(CloseReason.KICKED);
        client.assertEnds(CloseReason.KICKED);
        assertThat(seen(id).all()).hasSize(2);
        held.complete();

        String end = seen(id).next("close", seen -> seen.startsWith("close"));
        assertThat(end).startsWith("close 4003 Kicked");
        assertThat(seen(id).all()).endsWith(end);
    }

    @Test
    void end_byTheClient_reachesTheHandlerWithItsCodeWhereThereIsOne() {
        TestClient client = clients.connect("");
        String id = id(client);

        client.hangUp(4321, "Enough for now");

        String end = seen(id).next("close", seen -> seen.startsWith("close"));
        if (transport.path("/").equals("/ws")) {
            assertThat(end).startsWith("close 4321 Enough for now;");
        }
    }

    @Test
    void end_byTheHandler_reachesTheClientAndTheCloseHandler() {
        TestClient client = clients.connect("");
        String id = id(client);

        client.emit(
                "end",
                new io.vertx.core.json.JsonObject("{\"code\":4242,\"text\":\"The game is over\",\"reconnect\":true}"));

        client.assertEnds(CloseReason.of(4242, "The game is over", true));
        assertThat(seen(id).next("close", seen -> seen.startsWith("close"))).startsWith("close 4242 The game is over;");
    }

    @Test
    void end_byTheHandler_comesAfterWhatWasEmitted() {
        TestClient client = clients.connect("");
        List<Integer> sent = IntStream.range(0, 50).boxed().toList();

        String id = id(client);
        sent.forEach(n -> server.namespace("/").socket(id).emit("n", n));
        server.namespace("/").socket(id).disconnect(CloseReason.KICKED);

        client.assertEnds(CloseReason.KICKED);
        assertThat(client.heard("n"))
                .extracting(event -> event.getInteger("data"))
                .isEqualTo(sent);
        assertThat(client.inbox().all().get(client.inbox().all().size() - 1)).contains("\"close\"");
    }
}
