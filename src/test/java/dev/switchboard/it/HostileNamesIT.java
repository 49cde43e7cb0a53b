package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Addresses;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names that clients choose to get at something else: of events, and of rooms where a handler takes their word. */
@EveryTransport
@Tag("cluster")
class HostileNamesIT {
    /** Such that, as an event, nobody handles any. */
    private static final List<String> NAMES = List.of(
            "__proto__",
            "constructor",
            "prototype",
            "hasOwnProperty",
            "toString",
            "valueOf",
            "\u0000",
            "mapped\u0000",
            "\u0001\u001b[31m",
            "\r\nX: y",
            "\u202emapped",
            "map\u200bped",
            "\ufeffmapped",
            "mapped ",
            "Mapped",
            "mappe\u0301d",
            "\uff4dapped",
            "%6dapped",
            "mapped%00",
            "/mapped",
            "//mapped",
            "/other/mapped",
            ".",
            "..",
            "../other/mapped",
            "*",
            "#",
            "mapped.#",
            "{}",
            "null",
            "undefined",
            "\ud83d\ude00",
            "message",
            "connection",
            "connect",
            "enter ",
            "ping",
            "ack",
            "auth ",
            Addresses.VERBS,
            Addresses.ANNOUNCE,
            Addresses.AUTHENTICATOR,
            "switchboard.ids./",
            "switchboard.answer.x",
            "switchboard.node.",
            "switchboard.desk.",
            "switchboard.hub.",
            "switchboard.handler.",
            "__vertx.reply.1",
            "spy",
            "n".repeat(128));

    private static final List<String> OF_THE_SERVER = List.of(
            "open", "close", "error", "disconnect", "disconnecting", "$", "$$", "$connection", "$packet", "$state");

    private static final List<String> NO_NAMES = List.of(
            "",
            "n".repeat(129),
            "n".repeat(900_000),
            "\\ud800",
            "mapped\\udc00",
            "\\udc00\\ud800",
            "\\u0000".repeat(129));

    /** What went over the bus to an address that a client named; announcements and answers are the toolkit's own talk. */
    private static final Queue<String> REACHED = new ConcurrentLinkedQueue<>();

    private static final Set<String> KNOWN = NAMES.stream()
            .filter(name -> !name.startsWith("__vertx.") && !name.equals(Addresses.ANNOUNCE))
            .collect(Collectors.toSet());

    private static final AtomicInteger IDS = new AtomicInteger(1_000);

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    HostileNamesIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        REACHED.clear();
        server = TestServer.start("{\"/\": {\"auth\": \"none\"}, \"/other\": {\"auth\": \"none\"}}");
        for (int node = 0; node < server.nodes(); node++) {
            watch(server.vertx(node));
        }
        server.handle(on -> on.event("mapped", (socket, data) -> "of /")
                .event("enter", (socket, data) -> socket.join(data.string()).map("in"))
                .event("leave", (socket, data) -> socket.leave(data.string()).map("out")));
        server.handle("/other", 1, ThreadingModel.WORKER, on -> {
            NAMES.forEach(name -> on.event(name, (socket, data) -> {
                REACHED.add("/other " + name);
                return "of /other";
            }));
            on.event("mapped", (socket, data) -> "of /other");
        });
    }

    /** The toolkit's own talk goes to addresses that nobody names here. */
    private static void watch(Vertx vertx) {
        vertx.eventBus().addInboundInterceptor(delivery -> {
            if (KNOWN.contains(delivery.message().address())) {
                REACHED.add(delivery.message().address());
            }
            delivery.next();
        });
        KNOWN.stream()
                .filter(name -> !name.startsWith("switchboard."))
                .forEach(name -> vertx.eventBus().localConsumer(name, message -> REACHED.add("spy " + name)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void event_ofAnyName_reachesNobodyElse() {
        TestClient client = clients.open();

        for (String name : NAMES) {
            assertThat(client.refusal(name, 1).getString("code")).as(name).isEqualTo("UNKNOWN_EVENT");
            client.emit(name, 1);
            assertThat(client.error().getString("event")).isEqualTo(name);
        }
        for (String name : OF_THE_SERVER) {
            assertThat(client.refusal(name, 1).getString("code")).as(name).isEqualTo("FORBIDDEN_EVENT");
        }
        for (String escaped : NO_NAMES) {
            client.send("{\"event\":\"" + escaped + "\",\"data\":1}");
            assertThat(client.error().getString("code")).as(escaped).isEqualTo("BAD_FRAME");
        }

        assertThat(client.answer("mapped", 1)).isEqualTo("of /");
        assertThat(REACHED).isEmpty();
    }

    /** As bytes would be, so that half a pair is an escape. */
    private static Object answer(TestClient client, String event, String data) {
        int id = IDS.incrementAndGet();
        client.send(TestClient.message(event, data).put("id", id).toBuffer().toString());
        return client.ack(id).getValue("data");
    }

    @Test
    void roomsOfAnyName_areApart() {
        List<String> rooms = new ArrayList<>(NAMES);
        rooms.addAll(OF_THE_SERVER);
        rooms.addAll(List.of("", "a\nROOM\nb", "\ud800", "\udc00", "?", "\ufffd", "mapped", "n".repeat(1_024)));
        List<TestClient> members = List.of(clients.open(), clients.open());
        for (int n = 0; n < rooms.size(); n++) {
            assertThat(answer(members.get(n % 2), "enter", rooms.get(n))).isEqualTo("in");
        }

        for (int n = 0; n < rooms.size(); n++) {
            server.namespace("/").room(rooms.get(n)).emit("told", n);
            server.namespace("/other").room(rooms.get(n)).emit("told", "of another namespace");
            server.namespace("/").user(rooms.get(n)).emit("told", "of a user");
        }

        for (int one = 0; one < 2; one++) {
            int rest = one;
            assertThat(server.heardBy(members.get(one), "/", "told"))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, rooms.size())
                            .filter(n -> n % 2 == rest)
                            .boxed()
                            .toList());
        }
        rooms.forEach(room -> members.forEach(
                member -> assertThat(answer(member, "leave", room)).isEqualTo("out")));
        server.assertSoon(() ->
                assertThat(TestServer.await(server.namespace("/").rooms())).isEmpty());
    }

    @Test
    void room_ofALongName_isRefused() {
        TestClient client = clients.open();

        JsonObject error = client.refusal("enter", "n".repeat(1_025));
        assertThat(error.getString("code")).isEqualTo("INVALID_DATA");
        assertThat(client.refusal("enter", "n".repeat(900_000)).getString("code"))
                .isEqualTo("INVALID_DATA");
        assertThat(client.answer("mapped", 1)).isEqualTo("of /");
    }

    @Test
    void usersOfAnyName_areApart() {
        List<String> users = List.of("__proto__", "../" + transport, "*", "\u0000", "\u202ea", "/\nALL\n");
        List<TestClient> all = users.stream().map(clients::openAs).toList();

        for (String user : users) {
            server.namespace("/").user(user).emit("told", user);
            server.namespace("/").room(user).emit("told", "of a room");
            assertThat(TestServer.code(server.namespace("/").socket(user).emit("told", "of a socket")))
                    .isIn("no failure", "NO_SOCKET");
        }

        for (int n = 0; n < users.size(); n++) {
            assertThat(server.heardBy(all.get(n), "/", "told")).containsExactly(users.get(n));
        }
    }
}
