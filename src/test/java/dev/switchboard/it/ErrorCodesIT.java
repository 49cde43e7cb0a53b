package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.EventException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes wrong while the connection lives: told in the ack, or in an error event where none was asked for. */
@EveryTransport
@Tag("cluster")
class ErrorCodesIT {
    private static final List<String> NO_EVENTS = List.of(
            "{",
            "",
            "null",
            "123",
            "[]",
            "\"text\"",
            "true",
            "{}",
            "{\"event\":\"echo\"} {\"event\":\"echo\"}",
            "{\"event\":\"echo\",}",
            "{'event':'echo'}",
            "{\"data\":1}",
            "{\"event\":null}",
            "{\"event\":1}",
            "{\"event\":{}}",
            "{\"event\":[\"echo\"]}",
            "{\"event\":\"\"}",
            "{\"event\":\"" + "n".repeat(129) + "\"}",
            "{\"event\":\"echo\",\"id\":0}",
            "{\"event\":\"echo\",\"id\":-1}",
            "{\"event\":\"echo\",\"id\":1.5}",
            "{\"event\":\"echo\",\"id\":\"x\"}",
            "{\"event\":\"echo\",\"id\":null}",
            "{\"event\":\"echo\",\"id\":9007199254740992}",
            "{\"event\":\"echo\",\"id\":99999999999999999999}",
            "{\"ack\":0}",
            "{\"ping\":\"x\"}",
            "{\"ping\":{}}",
            "[".repeat(5000),
            "{\"event\":\"echo\",\"data\":NaN}",
            "{\"event\":\"echo\",\"data\":01}");

    private static final Inbox<String> RAN = new Inbox<>();
    private static final AtomicReference<Promise<String>> STALLED = new AtomicReference<>();
    private static final AtomicReference<CountDownLatch> BLOCKED = new AtomicReference<>();
    private static final String SECRET = "dev.switchboard.Secret at 10.1.2.3";

    private static TestServer server;

    @AutoClose
    private final Clients clients;

    private final Transport transport;

    ErrorCodesIT(Transport transport) {
        this.transport = transport;
        clients = new Clients(server, transport);
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"namespaces": {"/": {"auth": "none"}, "/hasty": {"auth": "none", "handlerTimeout": "200ms"}},
                 "limits": {"badFrames": 1000, "rooms": 2}}"""));
        server.handle(on -> on.event("echo", (socket, data) -> data)
                .event("throw", (socket, data) -> {
                    throw new IllegalStateException(SECRET);
                })
                .event("throw an error", (socket, data) -> {
                    throw new StackOverflowError(SECRET);
                })
                .event("fail", (socket, data) -> Future.failedFuture(new IllegalStateException(SECRET)))
                .event("answer no json", (socket, data) -> new Thread(SECRET))
                .event("own", (socket, data) -> {
                    throw new EventException("ROOM_FULL", "No seat is left", data.bool("retry"));
                })
                .event(
                        "own later",
                        (socket, data) -> Future.failedFuture(
                                new EventException("ROOM_FULL", "No seat is left", data.bool("retry"))))
                .event("typed", (socket, data) -> data.string("to"))
                .event("join", (socket, data) -> socket.join(data.string())));
        server.handle(
                "/hasty",
                1,
                ThreadingModel.WORKER,
                on -> on.event("stall", (socket, data) -> STALLED.get().future())
                        .event("block", (socket, data) -> BLOCKED.get().await(20, TimeUnit.SECONDS))
                        .event("echo", (socket, data) -> {
                            RAN.add(String.valueOf(data.value()));
                            return data;
                        }));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The same failure, in an answer and in an error event; then the next event is handled. */
    private static JsonObject assertFails(TestClient client, String event, Object data, String code, boolean retry) {
        JsonObject error = client.refusal(event, data);
        client.emit(event, data);
        JsonObject told = client.error();

        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getBoolean("retry")).isEqualTo(retry);
        assertThat(error.getString("message")).isNotBlank();
        assertThat(told.getString("event")).isEqualTo(event);
        assertThat(told.getString("code")).isEqualTo(code);
        assertThat(told.getString("message")).isEqualTo(error.getString("message"));
        assertThat(client.answer("echo", "alive")).isEqualTo("alive");
        return error;
    }

    @Test
    void message_thatNamesNoEvent_isABadFrameAndTheNextIsHandled() {
        TestClient client = clients.open();

        for (String bad : NO_EVENTS) {
            client.send(bad, "{\"event\":\"echo\",\"data\":1,\"id\":1}");
            JsonObject error = client.error();
            assertThat(error.getString("code")).as(bad).isEqualTo("BAD_FRAME");
            assertThat(error.getString("message")).as(bad).isNotBlank();
            assertThat(client.ack(1).getInteger("data")).as(bad).isEqualTo(1);
        }
        assertThat(client.heard("error")).hasSameSizeAs(NO_EVENTS);
    }

    @Test
    void name_of128Characters_isTaken() {
        assertFails(clients.open(), "n".repeat(128), 1, "UNKNOWN_EVENT", false);
    }

    @Test
    void event_thatNobodyHandles_isUnknown() {
        TestClient client = clients.open();

        for (String event : List.of("nope", "__proto__", "toString", "constructor", "hasOwnProperty", "message", " ")) {
            assertFails(client, event, 1, "UNKNOWN_EVENT", false);
        }
    }

    @Test
    void event_ofTheServersOwn_isForbidden() {
        TestClient client = clients.open();

        for (String event : List.of("open", "close", "$x", "$")) {
            assertFails(client, event, 1, "FORBIDDEN_EVENT", false);
        }
        assertFails(client, "error", new JsonObject(), "FORBIDDEN_EVENT", false);
    }

    @Test
    void event_whoseHandlerIsGone_canBeRetried() {
        TestClient client = clients.open();
        String event = "here and gone " + transport;
        String deployment = server.handle(on -> on.event(event, (socket, data) -> "here"));
        assertThat(client.answer(event, 1)).isEqualTo("here");

        server.undeploy(deployment);
        assertFails(client, event, 1, "NO_HANDLER", true);

        server.undeploy(server.handle(on -> on.event("other " + transport, (socket, data) -> data)));
        assertFails(client, event, 1, "NO_HANDLER", true);
        server.handle(on -> on.event(event, (socket, data) -> "here again"));
        assertThat(client.answer(event, 1)).isEqualTo("here again");
    }

    @Test
    void handler_thatAnswersTooLate_timesOutAndTheNextEventRuns() {
        TestClient client = clients.open("/hasty", "");
        Promise<String> stalled = Promise.promise();
        STALLED.set(stalled);

        int first = client.ask("stall", 1);
        int second = client.ask("echo", "behind");

        JsonObject error = client.ack(first).getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo("HANDLER_TIMEOUT");
        assertThat(error.getBoolean("retry")).isFalse();
        assertThat(client.ack(second).getString("data")).isEqualTo("behind");
        stalled.complete("late");
        assertThat(client.answer("echo", "after")).isEqualTo("after");
        assertThat(client.inbox().all()).hasSize(4).noneMatch(message -> message.contains("late"));
    }

    @Test
    void handler_thatAnswersTooLateUnasked_isAnErrorEvent() {
        TestClient client = clients.open("/hasty", "");
        STALLED.set(Promise.promise());

        client.emit("stall");

        assertThat(client.error().getString("code")).isEqualTo("HANDLER_TIMEOUT");
    }

    @Test
    void handler_thatBlocksTooLong_timesOut() {
        TestClient client = clients.open("/hasty", "");
        CountDownLatch blocked = new CountDownLatch(1);
        BLOCKED.set(blocked);

        int id = client.ask("block", 1);
        assertThat(client.ack(id).getJsonObject("error").getString("code")).isEqualTo("HANDLER_TIMEOUT");
        blocked.countDown();

        // Until the server hears that the handler is free again there is none, which is to be retried.
        JsonObject ack = client.ack(client.ask("echo", "after"));
        while (ack.containsKey("error")) {
            assertThat(ack.getJsonObject("error").getString("code")).isEqualTo("NO_HANDLER");
            assertThat(ack.getJsonObject("error").getBoolean("retry")).isTrue();
            ack = client.ack(client.ask("echo", "after"));
        }
        assertThat(ack.getString("data")).isEqualTo("after");
        client.settle();
        assertThat(client.inbox().all()).noneMatch(message -> message.contains("\"ack\":1,\"data\""));
    }

    @Test
    void handler_thatFails_tellsNothingOfItself() {
        TestClient client = clients.open();

        for (String event : List.of("throw", "throw an error", "fail", "answer no json")) {
            JsonObject error = assertFails(client, event, 1, "HANDLER_FAILED", false);
            assertThat(error.fieldNames()).containsExactlyInAnyOrder("code", "message", "retry");
        }
        assertThat(client.inbox().all())
                .noneMatch(message -> message.contains("Secret")
                        || message.contains("dev.switchboard")
                        || message.contains("java.")
                        || message.contains("Exception")
                        || message.contains("10.1.2.3"));
    }

    @Test
    void handler_withACodeOfItsOwn_isToldAsItIs() {
        TestClient client = clients.open();
        JsonObject again = new JsonObject().put("retry", true);
        JsonObject never = new JsonObject().put("retry", false);

        assertThat(assertFails(client, "own", again, "ROOM_FULL", true).getString("message"))
                .isEqualTo("No seat is left");
        assertFails(client, "own", never, "ROOM_FULL", false);
        assertFails(client, "own later", again, "ROOM_FULL", true);
        assertFails(client, "own later", never, "ROOM_FULL", false);
    }

    @Test
    void data_thatDoesNotFit_isInvalid() {
        TestClient client = clients.open();

        assertFails(client, "typed", new JsonObject(), "INVALID_DATA", false);
        assertFails(client, "typed", new JsonObject().put("to", 1), "INVALID_DATA", false);
        assertFails(client, "typed", "text", "INVALID_DATA", false);
        assertFails(client, "typed", null, "INVALID_DATA", false);
    }

    @Test
    void join_ofTooManyRooms_isRefused() {
        TestClient client = clients.open();

        client.answer("join", "one");
        client.answer("join", "two");
        client.answer("join", "two");

        assertFails(client, "join", "three", "REFUSED", false);
    }

    @Test
    void auth_withABadToken_isInvalidAndTheConnectionLives() {
        TestClient client = clients.open();

        for (Object data : List.of(new JsonObject().put("token", "no token"), new JsonObject(), "text", 1)) {
            assertFails(client, "auth", data, "INVALID_TOKEN", false);
        }
    }
}
