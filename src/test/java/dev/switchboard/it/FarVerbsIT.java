package dev.switchboard.it;

import static dev.switchboard.it.VerbHandlers.HIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Audience;
import dev.switchboard.Namespace;
import dev.switchboard.bus.EmitFlag;
import dev.switchboard.bus.Member;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What code far from a socket does to it: the last node acts, clients are spread over all. */
@Tag("cluster")
class FarVerbsIT {
    private static final CloseReason OVER = CloseReason.of(4777, "Over", false);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static TestServer server;
    private static Namespace all;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    /** Each test is alone in its rooms and users. */
    private String own;

    @BeforeAll
    static void start() {
        server = TestServer.open();
        server.handle(
                "/",
                1,
                ThreadingModel.WORKER,
                on -> on.event(
                        "to others in any",
                        (socket, data) -> socket.toAnyOf(data.string("one"), data.string("other"))
                                .except(socket.id())
                                .emit(HIT, "from a member")));
        all = server.namespace("/");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        own = test.getDisplayName() + " ";
    }

    private List<TestClient> open(int count) {
        return IntStream.range(0, count).mapToObj(n -> clients.open()).toList();
    }

    private static void join(String room, TestClient... members) {
        TestServer.await(Future.all(Stream.of(members)
                .map(member -> all.socket(member.id()).join(room))
                .toList()));
    }

    private static List<String> ids(Audience audience) {
        return TestServer.await(audience.sockets()).stream().map(Member::socket).toList();
    }

    private static List<Object> hits(TestClient client) {
        return server.heardBy(client, "/", HIT);
    }

    @Test
    void severalRooms_meanEachOfTheirMembersOnce() {
        List<TestClient> four = open(4);
        TestClient both = four.get(0);
        TestClient one = four.get(1);
        TestClient other = four.get(2);
        TestClient stranger = four.get(3);
        join(own + "a", both, one);
        join(own + "b", both, other);
        join(own + "c", stranger);
        Audience some = all.inAnyOf(own + "a", own + "b");

        TestServer.await(some.emit(HIT, "any"));
        TestServer.await(some.except(one.id()).emit(HIT, "but one"));
        both.answer("to others in any", new JsonObject().put("one", own + "a").put("other", own + "b"));
        server.verb(
                "emit",
                new JsonObject()
                        .put(
                                "to",
                                new JsonObject()
                                        .put(
                                                "rooms",
                                                new JsonArray().add(own + "a").add(own + "b")))
                        .put("event", HIT)
                        .put("data", "as JSON"));

        assertThat(hits(both)).containsExactly("any", "but one", "as JSON");
        assertThat(hits(one)).containsExactly("any", "from a member", "as JSON");
        assertThat(hits(other)).containsExactly("any", "but one", "from a member", "as JSON");
        assertThat(hits(stranger)).isEmpty();
        assertThat(ids(some)).containsExactlyInAnyOrder(both.id(), one.id(), other.id());
        assertThat(ids(all.inAnyOf(own + "c"))).containsExactly(stranger.id());
        assertThat(ids(all.inAnyOf(own + "nobody", own + "is here"))).isEmpty();
        assertThat(TestServer.await(some.rooms())).containsExactlyInAnyOrder(own + "a", own + "b");
    }

    @Test
    void joinAndLeave_ofASocketAUserAndWholeRooms_areSeenFromAfar() {
        List<TestClient> tabs = List.of(clients.openAs(own), clients.openAs(own));
        List<TestClient> guests = open(2);
        TestClient guest = guests.get(0);
        TestClient other = guests.get(1);

        TestServer.await(all.socket(guest.id()).join(own + "one"));
        TestServer.await(all.user(own).join(own + "one"));
        TestServer.await(all.room(own + "one").join(own + "two"));
        TestServer.await(all.socket(other.id()).join(own + "three"));
        TestServer.await(all.inAnyOf(own + "two", own + "three").join(own + "four"));

        List<String> users = tabs.stream().map(TestClient::id).toList();
        assertThat(ids(all.room(own + "two"))).containsExactlyInAnyOrder(guest.id(), users.get(0), users.get(1));
        assertThat(rooms(guest)).containsExactlyInAnyOrder(own + "one", own + "two", own + "four");
        assertThat(rooms(other)).containsExactlyInAnyOrder(own + "three", own + "four");
        assertThat(TestServer.await(all.user(own).rooms()))
                .containsExactlyInAnyOrder(own + "one", own + "two", own + "four");
        assertThat(TestServer.await(all.rooms())).contains(own + "one", own + "two", own + "three", own + "four");
        assertThat(server.verb("rooms", new JsonObject().put("to", new JsonObject().put("socket", other.id()))))
                .isEqualTo(new JsonArray().add(own + "four").add(own + "three"));

        TestServer.await(all.socket(guest.id()).leave(own + "one"));
        TestServer.await(all.user(own).leave(own + "one"));
        TestServer.await(all.room(own + "four").leave(own + "two"));

        assertThat(rooms(guest)).containsExactly(own + "four");
        assertThat(TestServer.await(all.user(own).rooms())).containsExactly(own + "four");
        TestServer.await(all.room(own + "four").leave(own + "four"));
        assertThat(rooms(other)).containsExactly(own + "three");
        assertThat(rooms(guest)).isEmpty();
    }

    private static Set<String> rooms(TestClient client) {
        return TestServer.await(all.socket(client.id()).rooms());
    }

    @Test
    void disconnect_ofASocketAUserAndRooms_endsThemAndNobodyElse() {
        List<TestClient> tabs = List.of(clients.openAs(own), clients.openAs(own));
        List<TestClient> five = open(5);
        join(own + "a", five.get(1), five.get(2));
        join(own + "b", five.get(2), five.get(3));

        TestServer.await(all.socket(five.get(0).id()).disconnect(OVER));
        TestServer.await(all.user(own).disconnect(OVER));
        TestServer.await(
                all.inAnyOf(own + "a", own + "b").except(five.get(1).id()).disconnect(OVER));
        five.get(0).assertEnds(OVER);
        tabs.forEach(tab -> tab.assertEnds(OVER));
        five.get(2).assertEnds(OVER);
        five.get(3).assertEnds(OVER);
        TestServer.await(all.room(own + "a").disconnect(CloseReason.KICKED));
        five.get(1).assertEnds(CloseReason.KICKED);

        five.get(4).settle();
        assertThat(five.get(4).isClosed()).isFalse();
        server.assertSoon(() -> assertThat(ids(all.user(own))).isEmpty());
    }

    @Test
    void verbs_onASocketThatIsNotThere_failAtOnce() {
        TestClient gone = clients.open();
        TestClient goneToo = clients.open();
        for (TestClient client : List.of(gone, goneToo)) {
            TestServer.await(all.socket(client.id()).disconnect(OVER));
            client.awaitClosed();
        }
        List<Function<Audience, Future<?>>> verbs = List.of(
                one -> one.ask("event", 1, Duration.ofSeconds(20)),
                one -> one.askAll("event", 1, Duration.ofSeconds(20)),
                one -> one.join("room"),
                one -> one.leave("room"),
                one -> one.rooms(),
                one -> one.sockets(),
                one -> one.users(),
                one -> one.count(),
                one -> one.disconnect(OVER));
        long began = System.nanoTime();
        for (String id :
                List.of(gone.id(), goneToo.id(), "nobody", "", "not.hers", "AAAAAAAA.BBBBBBBBBBBBBBBBBBBBBB")) {
            Audience nobody = all.socket(id);
            assertThat(verbs.stream().map(verb -> TestServer.code(verb.apply(nobody))))
                    .as(id)
                    .containsOnly("NO_SOCKET");
            for (String verb :
                    List.of("ask", "askAll", "join", "leave", "rooms", "sockets", "disconnect", "attribute")) {
                JsonObject body = new JsonObject()
                        .put("verb", verb)
                        .put("to", new JsonObject().put("socket", id))
                        .put("event", "e")
                        .put("room", "r")
                        .put("name", "n");
                assertThat(TestServer.await(server.vertx()
                                .eventBus()
                                .request("switchboard.verbs", body)
                                .map("no failure")
                                .otherwise(Throwable::getMessage)))
                        .as("%s %s", verb, id)
                        .contains("NO_SOCKET");
            }
        }
        for (String id : List.of("nobody", "AAAAAAAA.BBBBBBBBBBBBBBBBBBBBBB")) {
            assertThat(TestServer.code(all.socket(id).emit(HIT, 1))).isEqualTo("NO_SOCKET");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
    }

    @Test
    void emit_local_reachesTheClientsOfTheNodeThatSends() {
        List<TestClient> each = open(server.nodes());
        join(own, each.toArray(TestClient[]::new));

        TestServer.await(all.room(own).with(EmitFlag.LOCAL, EmitFlag.COMPRESS).emit(HIT, "local"));
        TestServer.await(all.room(own).with(EmitFlag.COMPRESS).emit(HIT, "everywhere"));
        server.verb(
                "emit",
                new JsonObject()
                        .put("to", new JsonObject().put("room", own))
                        .put("flags", new JsonArray().add("local").add("compress"))
                        .put("event", HIT)
                        .put("data", "local as JSON"));

        List<List<Object>> heard = each.stream().map(FarVerbsIT::hits).toList();
        assertThat(heard)
                .filteredOn(hits -> hits.equals(List.of("local", "everywhere", "local as JSON")))
                .hasSize(1);
        assertThat(heard).filteredOn(hits -> hits.equals(List.of("everywhere"))).hasSize(server.nodes() - 1);
        long here = each.stream()
                .filter(client -> TestServer.code(
                                all.socket(client.id()).with(EmitFlag.LOCAL).emit(HIT, "one"))
                        .equals("no failure"))
                .count();
        assertThat(here).isEqualTo(1);
    }

    @Test
    void emit_volatile_reachesWhoReads() {
        List<TestClient> each = open(server.nodes());
        join(own, each.toArray(TestClient[]::new));

        TestServer.await(all.room(own).with(EmitFlag.VOLATILE).emit(HIT, 1));
        server.verb(
                "emit",
                new JsonObject()
                        .put("to", new JsonObject().put("room", own))
                        .put("flags", new JsonArray().add("volatile"))
                        .put("event", HIT)
                        .put("data", 2));

        each.forEach(client -> assertThat(hits(client)).containsExactly(1, 2));
    }
}
