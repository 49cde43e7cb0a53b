package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.Switchboard;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Handlers that hang or flood, a node that ends, requests that cannot be read: what must not harm anybody. */
@Tag("smoke")
class HazardsIT {
    private static final Transport TRANSPORT = Transport.JDK_WEBSOCKET;

    private static TestServer impatient() {
        return TestServer.start("{\"/\": {\"auth\": \"none\", \"handlerTimeout\": \"300ms\"}}");
    }

    @Test
    void burst_toAClientThatReads_arrivesWhole() {
        try (TestServer server = TestServer.open();
                Clients clients = new Clients(server, TRANSPORT)) {
            server.handle(on -> on.event("many", (socket, data) -> {
                        IntStream.range(0, 1_000).forEach(n -> socket.emit("n", n));
                        return socket.emit("done", null);
                    })
                    .event("large", (socket, data) -> {
                        IntStream.range(0, 12).forEach(n -> socket.emit("n", "x".repeat(1_000_000)));
                        return socket.emit("done", null);
                    }));
            TestClient client = clients.open();

            client.emit("many");
            client.next("done");
            assertThat(client.heard("n")).hasSize(1_000).last().returns(999, last -> last.getInteger("data"));
            client.emit("large");
            client.next("done");

            assertThat(client.heard("n")).hasSize(1_012);
        }
    }

    @Test
    void upgrade_withAQueryThatCannotBeDecoded_isABadRequest() {
        try (TestServer server = TestServer.open()) {
            for (String path : new String[] {"/ws?x=%zz", "/sockjs/websocket?x=%zz", "/nowhere?x=%zz"}) {
                try (RawPeer peer = RawPeer.small(server.port())) {
                    assertThat(peer.upgrade(path, "")).as(path).isEqualTo(400);
                }
            }
        }
    }

    @Test
    void names_ofTheServer_areNotForHandlers() {
        try (TestServer server = TestServer.open();
                Clients clients = new Clients(server, TRANSPORT)) {
            server.handle(on -> on.event("say", (socket, data) -> socket.emit(data.string(), 1)));
            TestClient client = clients.open();

            for (String name : new String[] {"close", "open", "error", "auth", "$x", "", "n".repeat(129)}) {
                assertThat(client.refusal("say", name).getString("code"))
                        .as(name)
                        .isEqualTo("HANDLER_FAILED");
            }
            assertThat(client.answer("say", "fine")).isNull();
        }
    }

    @Test
    void disconnect_withACodeThatIsNeverSent_isRefused() {
        try (TestServer server = TestServer.open()) {
            assertThatThrownBy(() -> server.namespace("/").all().disconnect(CloseReason.BROKEN))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void end_ofTheNode_runsEveryCloseHandler() {
        Inbox<String> ended = new Inbox<>();
        TestServer server = TestServer.open();
        try (Clients clients = new Clients(server, TRANSPORT)) {
            server.handle(on -> on.event("x", (socket, data) -> 1).close((socket, reason) -> {
                ended.add(socket.id() + " " + reason.code());
                return null;
            }));
            IntStream.range(0, 50).forEach(n -> clients.open().answer("x", n));

            server.close();

            assertThat(ended.all()).hasSize(50).allMatch(end -> end.endsWith(" 1001"));
        }
    }

    @Test
    void switchboard_secondInOneVertx_doesNotStart() {
        try (TestServer server = TestServer.open()) {
            assertThatThrownBy(() -> TestServer.await(server.vertx().deployVerticle(new Switchboard())))
                    .hasRootCauseMessage("a Switchboard runs in this Vert.x already");
        }
    }

    @Test
    void handler_thatBlocks_isGivenUpAndUsedAgainOnceItIsBack() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (TestServer server = impatient();
                Clients clients = new Clients(server, TRANSPORT)) {
            server.handle(on -> on.event("block", (socket, data) -> gate.await(30, TimeUnit.SECONDS))
                    .event("quick", (socket, data) -> data));
            TestClient client = clients.open();

            assertThat(client.refusal("block", 1).getString("code")).isEqualTo("HANDLER_TIMEOUT");
            JsonObject refused = client.refusal("quick", 1);
            assertThat(refused.getString("code")).isEqualTo("NO_HANDLER");
            assertThat(refused.getBoolean("retry")).isTrue();
            gate.countDown();

            org.awaitility.Awaitility.await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
                int id = client.ask("quick", 2);
                assertThat(client.ack(id).getValue("data")).isEqualTo(2);
            });
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void handler_thatAwaitsForEver_onAVirtualThread_timesOutAlone() {
        try (TestServer server = impatient();
                Clients clients = new Clients(server, TRANSPORT)) {
            server.handle(
                    "/",
                    1,
                    ThreadingModel.VIRTUAL_THREAD,
                    on -> on.event(
                                    "ever",
                                    (socket, data) ->
                                            Future.await(Promise.promise().future()))
                            .event("quick", (socket, data) -> data));
            TestClient client = clients.open();

            int ever = client.ask("ever", 1);
            assertThat(client.answer("quick", 2)).isEqualTo(2);

            assertThat(client.ack(ever).getJsonObject("error").getString("code"))
                    .isEqualTo("HANDLER_TIMEOUT");
            assertThat(client.answer("quick", 3)).isEqualTo(3);
        }
    }

    @Test
    void inFlight_aboveOne_letsEventsOvertake_butNeitherOpenNorClose() {
        Inbox<String> seen = new Inbox<>();
        Promise<Void> opened = Promise.promise();
        Promise<Void> first = Promise.promise();
        try (TestServer server = TestServer.start("{\"/\": {\"auth\": \"none\", \"inFlight\": 4}}");
                Clients clients = new Clients(server, TRANSPORT)) {
            server.handle(on -> on.open(socket -> opened.future().onSuccess(v -> seen.add("opened")))
                    .event("first", (socket, data) -> first.future().onSuccess(v -> seen.add("first")))
                    .event("second", (socket, data) -> {
                        seen.add("second");
                        return data;
                    })
                    .close((socket, reason) -> {
                        seen.add("closed");
                        return null;
                    }));
            TestClient client = clients.open();
            client.emit("first");
            int second = client.ask("second", 2);
            client.settle();
            assertThat(seen.all()).isEmpty();

            opened.complete();
            client.ack(second);
            assertThat(seen.all()).containsExactly("opened", "second");
            client.hangUp();
            client.awaitClosed();
            first.complete();

            seen.next("the close handler", "closed"::equals);
            assertThat(seen.all()).containsExactly("opened", "second", "first", "closed");
        }
    }
}
