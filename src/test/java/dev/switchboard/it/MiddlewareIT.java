package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.deployment.Deployments;
import dev.switchboard.deployment.Order;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections and packets pass the middleware of their namespace: in, inside, and back. */
@EveryTransport
@Tag("cluster")
class MiddlewareIT {
    private static final CloseReason REFUSED = CloseReason.REFUSED;

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;
    private String name;

    MiddlewareIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.start("""
                {"/": {
                  "auth": "none",
                  "connectionMiddleware": ["dev.switchboard.it.OuterMiddleware", "dev.switchboard.it.InnerMiddleware"],
                  "packetMiddleware": ["dev.switchboard.it.OuterMiddleware", "dev.switchboard.it.InnerMiddleware"],
                  "schemas": {"typed": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}}
                },
                "/held": {
                  "auth": "none",
                  "handlerTimeout": "1s",
                  "connectionMiddleware": ["dev.switchboard.it.HoldingMiddleware"]
                }}""");
        server.handle(on -> on.open(socket -> {
                    Watch.of(socket).add("open " + socket.attribute("since"));
                    return null;
                })
                .event("echo", (socket, data) -> {
                    Watch.of(socket).add("echo " + data);
                    return data;
                })
                .event("typed", (socket, data) -> data.number("n"))
                .event("fail", (socket, data) -> Future.failedFuture(new IllegalStateException("secret")))
                .event("fail later", (socket, data) -> {
                    Watch.of(socket).add("failing later");
                    Promise<Object> late = Promise.promise();
                    Vertx.currentContext().owner().setTimer(100, t -> late.fail("late"));
                    return late.future();
                })
                .event("mark", (socket, data) -> {
                    socket.attribute("mark", data.string());
                    return socket.join("marked");
                })
                .disconnecting((socket, reason) -> socket.rooms()
                        .onSuccess(rooms -> Watch.of(socket).add("disconnecting " + reason.code() + " " + rooms)))
                .disconnect((socket, reason) -> {
                    Watch.of(socket).add("disconnect " + reason.code());
                    return null;
                })
                .close((socket, reason) ->
                        socket.rooms().onSuccess(rooms -> Watch.of(socket).add("close " + rooms)))
                .error((socket, failure) -> {
                    Watch.of(socket)
                            .add("error " + failure.string("code") + " "
                                    + failure.object().getString("event"));
                    return null;
                }));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        name = transport + " " + test.getTestMethod().orElseThrow().getName() + test.getDisplayName();
    }

    private Inbox<String> seen() {
        return Watch.of(name);
    }

    private String query(String door) {
        return Clients.query("name", name) + Clients.query("door", door).replace('?', '&');
    }

    private TestClient open() {
        TestClient client = clients.open("/", query(""));
        assertThat(client.data("welcome")).isEqualTo("from outside");
        assertThat(seen().take(3)).containsExactly("outer in", "inner in", "open the door");
        return client;
    }

    @Test
    void connection_passesInOrder_andEmitsAfterOpen() {
        TestClient client = clients.connect(query(""));

        client.next("welcome");

        assertThat(client.inbox().all()).hasSize(2).first().asString().contains("\"open\"");
        assertThat(seen().take(3)).containsExactly("outer in", "inner in", "open the door");
    }

    @Test
    void afterNext_runsOnceWhenTheSocketEnds_theInnerFirst() {
        TestClient client = open();
        client.answer("mark", "of it");
        seen().take(4);

        server.namespace("/").socket(client.id()).disconnect(CloseReason.KICKED);
        client.assertEnds(CloseReason.KICKED);

        assertThat(seen().take(5))
                .containsExactlyInAnyOrder(
                        "disconnecting 4003 [marked]",
                        "disconnect 4003",
                        "close []",
                        "inner out 4003",
                        "outer out 4003, mark of it");
        TestClient marker = clients.open("/", "");
        marker.answer("echo", 1);
        marker.hangUp();
        assertThat(seen().all().stream().filter(entry -> entry.contains("out ")))
                .hasSize(2);
        assertThat(seen().all().stream().filter(entry -> entry.contains("disconnect") || entry.contains("close")))
                .containsExactly("disconnecting 4003 [marked]", "disconnect 4003", "close []");
    }

    @Test
    void afterNext_clientHangsUp_runsWithTheReasonThatCloseHas() {
        TestClient client = open();

        client.hangUp();

        String disconnect = seen().next("disconnect", entry -> entry.startsWith("disconnect "));
        String code = disconnect.substring(disconnect.lastIndexOf(' ') + 1);
        assertThat(seen().next("the way out", entry -> entry.startsWith("inner out")))
                .endsWith(code);
        assertThat(seen().next("the way out", entry -> entry.startsWith("outer out")))
                .contains(" " + code + ",");
    }

    @ParameterizedTest
    @CsvSource({
        "refuse, NOT_TODAY, We are closed",
        "fault, HANDLER_FAILED, The handler failed",
        "nothing, REFUSED, The event was refused",
        "later nothing, REFUSED, The event was refused"
    })
    void connection_thatIsRefused_isToldWhyAndNeverOpens(String door, String code, String text) {
        TestClient client = clients.connect(query(door));

        JsonObject error = client.error();
        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getString("message")).isEqualTo(text);
        assertThat(error.getJsonObject("data"))
                .isEqualTo(door.equals("refuse") ? new JsonObject().put("until", 9) : null);
        client.assertEnds(REFUSED.because(text));
        assertThat(seen().take(3)).containsExactly("outer in", "inner in", "outer out 4403, mark null");
        clients.open("/", "").answer("echo", 1);
        assertThat(seen().all()).hasSize(3);
        assertThat(client.inbox().all().toString()).doesNotContain("secret");
    }

    @Test
    void connection_disconnectedByItsMiddleware_endsWithThatReason() {
        TestClient client = clients.connect(query("disconnect"));

        client.assertEnds(CloseReason.of(4321, "Not this way", false));

        assertThat(seen().next("the way out", entry -> entry.startsWith("outer out")))
                .startsWith("outer out 4321");
        assertThat(seen().all()).noneMatch(entry -> entry.startsWith("open"));
    }

    @Test
    void connection_ofWhichItsMiddlewareSaysNothing_mayComeAgain() {
        TestClient client = clients.connect(transport, "/held", "");
        assertThat(client.error().getString("code")).isEqualTo("HANDLER_TIMEOUT");
        client.assertEnds(CloseReason.INTERNAL_ERROR);
    }

    @Test
    void connection_toldSomethingAndRefused_readsIt() {
        TestClient client = clients.connect(query("tell and refuse"));

        assertThat(client.data("deny")).isEqualTo("deleted");
        client.assertEnds(CloseReason.KICKED);

        assertThat(client.heard("open")).hasSize(1);
        assertThat(seen().all()).noneMatch(entry -> entry.startsWith("open"));
        String id = client.id();
        assertThat(server.namespace("/")
                        .all()
                        .sockets()
                        .map(all ->
                                all.stream().anyMatch(member -> member.socket().equals(id))))
                .satisfies(found -> assertThat(TestServer.await(found)).isFalse());
    }

    @Test
    void connection_putIntoARoom_hearsTheRoomLikeItsMembers() {
        TestClient first = clients.open("/", query("room"));
        String firstId = first.id();
        assertThat(first.data("online")).isEqualTo(firstId);

        TestClient second = clients.open("/", query("room"));

        assertThat(second.data("online")).isEqualTo(second.id());
        assertThat(first.data("online")).isEqualTo(second.id());
    }

    @Test
    void connection_lostWhileItsMiddlewareWorks_isOverOnce() {
        TestClient client = clients.connect(query("slow"));
        seen().next("inner", "inner in"::equals);

        client.hangUp();

        assertThat(seen().next("the way out", entry -> entry.startsWith("outer out")))
                .isNotEmpty();
    }

    @Test
    void eventsBeforeOpen_waitForTheMiddleware() {
        TestClient client = clients.connect(query("slow"));

        assertThat(client.answer("echo", "early")).isEqualTo("early");

        assertThat(seen().all()).containsSubsequence("inner in", "open the door", "outer before echo \"early\"");
    }

    @Test
    void packet_passesInOrder_aroundTheHandler() {
        TestClient client = open();

        assertThat(client.answer("change", "it")).isEqualTo("changed it");

        assertThat(seen().take(5))
                .containsExactly(
                        "outer before change \"it\"",
                        "inner before change \"it\"",
                        "echo \"changed it\"",
                        "inner after \"changed it\"",
                        "outer after \"changed it\"");
    }

    @Test
    void packet_renamed_goesToTheOtherHandler_withItsDataAsItCame() {
        assertThat(open().answer("rename", List.of(1, "two"))).hasToString("[1,\"two\"]");
    }

    @ParameterizedTest
    @CsvSource({"drop, REFUSED", "refuse, TOO_LOUD", "fault, HANDLER_FAILED"})
    void packet_thatIsNotPassedOn_isTold_andReachesNoHandler(String event, String code) {
        TestClient other = clients.open("/", "");
        TestClient client = open();

        assertThat(client.refusal(event, 1).getString("code")).isEqualTo(code);
        client.emit(event, 1);
        assertThat(client.error().getString("code")).isEqualTo(code);

        assertThat(client.answer("echo", "alive")).isEqualTo("alive");
        assertThat(other.answer("echo", "alive")).isEqualTo("alive");
        assertThat(seen().all()).contains("outer after " + code, "error " + code + " " + event);
        assertThat(seen().all()).filteredOn(entry -> entry.startsWith("echo")).containsExactly("echo \"alive\"");
    }

    @Test
    void packet_failedAfterItsHandler_isToldSoInstead() {
        assertThat(open().refusal("fail after", 1).getString("code")).isEqualTo("TOO_LATE");
        assertThat(seen().all()).contains("echo 1", "outer after TOO_LATE");
    }

    @ParameterizedTest
    @CsvSource({"nobody handles this, UNKNOWN_EVENT", "fail, HANDLER_FAILED", "typed, INVALID_DATA"})
    void packet_thatFailsInside_comesBackToAllMiddleware(String event, String code) {
        TestClient client = open();

        assertThat(client.refusal(event, "x").getString("code")).isEqualTo(code);

        assertThat(seen().take(5))
                .containsExactly(
                        "outer before " + event + " \"x\"",
                        "inner before " + event + " \"x\"",
                        "inner after " + code,
                        "outer after " + code,
                        "error " + code + " " + event);
    }

    @Test
    void dataThatDoesNotFitItsSchema_isToldByPointers() {
        TestClient client = open();

        JsonObject error = client.refusal("typed", new JsonObject().put("n", "seven"));

        assertThat(error.getString("code")).isEqualTo("INVALID_DATA");
        assertThat(error.getJsonArray("data").getJsonObject(0).getString("pointer"))
                .isEqualTo("/n");
        assertThat(client.answer("typed", new JsonObject().put("n", 7))).isEqualTo(7);
    }

    @Test
    void order_ofOneSocketsEvents_isKeptThroughSlowMiddleware() {
        TestClient client = open();
        List<Integer> asked = IntStream.range(0, 10)
                .mapToObj(n -> client.ask(n % 3 == 0 ? "slow" : "echo", n))
                .toList();

        asked.forEach(client::ack);

        assertThat(seen().all().stream().filter(entry -> entry.startsWith("echo")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(n -> "echo " + n).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "disconnecting", "disconnect", "close", "error", "$packet", "$connection"})
    void namesOfTheServer_sentByAClient_reachNobody(String event) {
        TestClient client = open();

        assertThat(client.refusal(event, 1).getString("code")).isEqualTo("FORBIDDEN_EVENT");

        client.answer("echo", 1);
        assertThat(seen().take(1)).containsExactly("outer before echo 1");
    }

    @Test
    void packet_withoutItsData_reachesTheHandlerWithout() {
        TestClient client = open();

        assertThat(client.ack(client.ask("strip", "secret")).fieldNames()).containsExactly("ack");

        assertThat(seen().all()).contains("echo absent");
    }

    @Test
    void message_thatIsNotUnderstood_ofARefusedClient_runsNoHandler() {
        TestClient client = clients.connect(query("slow refuse"));
        client.send("rubbish");

        client.assertEnds(REFUSED.because("The event was refused"));

        clients.open("/", "").answer("echo", 1);
        assertThat(seen().all()).containsExactly("outer in", "inner in", "outer out 4403, mark null");
    }

    @Test
    void close_isTheLast_alsoWhenTheLastEventFailsLater() {
        TestClient client = open();
        client.emit("fail later");
        seen().next("the event", "failing later"::equals);

        client.hangUp();

        seen().next("close", "close []"::equals);
        clients.open("/", "").answer("echo", 1);
        assertThat(seen().all()).noneMatch(entry -> entry.startsWith("error"));
    }

    @Test
    void middleware_thatIsReplaced_keepsNobodyWaiting() {
        TestClient client = open();
        String name = InnerMiddleware.class.getName();
        for (int node = 0; node < server.nodes(); node++) {
            TestServer.await(Deployments.of(server.vertx(node))
                    .deploy(new Order(name, name, Optional.empty(), List.of(), Optional.empty(), Optional.empty())));
        }

        assertThat(client.answer("rename", "still")).isEqualTo("still");
        client.hangUp();

        seen().next("the way out of the outer one", entry -> entry.startsWith("outer out"));
        assertThat(seen().all()).noneMatch(entry -> entry.startsWith("inner out"));
    }
}
