package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Namespaces that the configuration has as a pattern, with the official client 4.x. */
@Tag("cluster")
class SocketIoNamespacesIT {
    private static final String OPEN = "state[args[1]]?.socket.disconnect();"
            + " state[args[1]] = person(args[0], { transports: ['websocket'] });"
            + " await state[args[1]].connect(); return state[args[1]].socket.id";

    private static TestServer server;
    private static NodeConsole node;

    @BeforeAll
    static void start() {
        node = NodeConsole.start();
        server = TestServer.start(
                "{\"/\": {\"auth\": \"none\"}, \"/orders-*\": {\"auth\": \"none\", \"presence\": \"all\"},"
                        + " \"/few-*\": {\"auth\": \"none\", \"most\": 2}, \"/closed-*\": {}}");
        server.handle("/orders-*", 2, ThreadingModel.WORKER, on -> {
            on.open(socket -> socket.emit("welcome", socket.namespace().name()));
            on.event("join", (socket, data) -> socket.join(data.string()));
            on.event("say", (socket, data) -> socket.toRoom(data.string("room")).emit("said", data.string("text")));
            on.event("all", (socket, data) -> socket.toAll().emit("said", data));
            on.event(
                    "count",
                    (socket, data) -> socket.namespace().all().sockets().map(List::size));
        });
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static void open(String name, String namespace) {
        node.run(OPEN, server.nextUrl(namespace), name);
    }

    private static Object ask(String name, String event, Object data) {
        return node.run("return state[args[0]].ask(args[1], args[2])", name, event, data);
    }

    private static Object heard(String name, int count) {
        return node.run("return (await state[args[0]].hear('said', args[1])).map(([text]) => text)", name, count);
    }

    @Test
    void eachName_isANamespaceOfItsOwn_withTheHandlersOfThePattern() {
        open("ann", "/orders-1");
        open("bob", "/orders-1");
        open("eve", "/orders-2");
        for (String name : new String[] {"ann", "bob", "eve"}) {
            ask(name, "join", "kitchen");
        }
        assertThat(node.run("return (await state.ann.hear('welcome', 1))[0][0]"))
                .isEqualTo("/orders-1");
        assertThat(node.run("return (await state.eve.hear('welcome', 1))[0][0]"))
                .isEqualTo("/orders-2");

        ask("ann", "say", new JsonObject().put("room", "kitchen").put("text", "one"));
        ask("eve", "say", new JsonObject().put("room", "kitchen").put("text", "two"));
        ask("bob", "all", "three");
        TestServer.await(server.namespace("/orders-2").all().emit("said", "four"));

        assertThat(heard("ann", 2)).isEqualTo(new JsonArray().add("one").add("three"));
        assertThat(heard("bob", 2)).isEqualTo(new JsonArray().add("one").add("three"));
        assertThat(heard("eve", 2)).isEqualTo(new JsonArray().add("two").add("four"));
        assertThat(ask("ann", "count", "")).isEqualTo(2);
        assertThat(ask("eve", "count", "")).isEqualTo(1);
    }

    @Test
    void severalNames_overOneConnection_doNotMix() {
        Object heard = node.run(
                "const { Manager } = (await import('socket.io-client'));"
                        + " const manager = new Manager(args[0], { transports: ['websocket'], reconnection: false });"
                        + " const said = [];"
                        + " const sockets = ['/orders-a', '/orders-b'].map((name) => manager.socket(name));"
                        + " sockets.forEach((socket, n) => socket.on('said', (text) => said.push(n + text)));"
                        + " await Promise.all(sockets.map((socket) => socket.timeout(5000).emitWithAck('join', 'r')));"
                        + " await sockets[0].timeout(5000).emitWithAck('all', 'a');"
                        + " await sockets[1].timeout(5000).emitWithAck('all', 'b');"
                        + " await until(() => said.length >= 2, () => 'both');"
                        + " manager._close(); return said",
                server.nextUrl(""));
        assertThat(heard).isEqualTo(new JsonArray().add("0a").add("1b"));
    }

    @Test
    void patternItself_andWhatDoesNotFit_areNoNamespaces() {
        for (String name : new String[] {"/orders-*", "/orders-", "/orders-1/2", "/other"}) {
            assertThat(refusal(name)).isEqualTo("Invalid namespace");
        }
        assertThat(refusal("/closed-1")).isEqualTo("Invalid user");
    }

    private static Object refusal(String namespace) {
        return node.run(
                "const one = person(args[0], { transports: ['websocket'] }); one.socket.connect();"
                        + " await until(() => one.ends.length + one.ids.length > 0, () => 'an answer');"
                        + " const refusal = one.ends[0] ?? 'none'; one.socket.disconnect(); return refusal",
                server.url(namespace));
    }

    @Test
    void names_areBounded_andFreeAgainWhenTheirLastSocketIsGone() {
        node.run(OPEN, server.url("/few-1"), "one");
        node.run(OPEN, server.url("/few-1"), "two");
        node.run(OPEN, server.url("/few-2"), "three");
        assertThat(refusal("/few-3")).isEqualTo("Too many namespaces");
        node.run("state.one.socket.disconnect()");
        assertThat(refusal("/few-3")).isEqualTo("Too many namespaces");
        node.run("state.two.socket.disconnect()");
        await().atMost(Inbox.DEADLINE).until(() -> refusal("/few-3").equals("none"));
    }
}
