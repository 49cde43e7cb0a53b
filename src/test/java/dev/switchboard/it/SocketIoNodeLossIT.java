package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.chaos.ChaosHandler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official client 4.x is recovered when its node is no more. Each node is a JVM. */
@Timeout(150)
class SocketIoNodeLossIT {
    private static final String ROOM = "hall";

    @TempDir
    private Path folder;

    private static ForkedNode serve(ForkedCluster cluster) throws IOException {
        JsonObject events = new JsonObject();
        List.of("join", "say", "me", "close").forEach(event -> events.put(event, ChaosHandler.class.getName()));
        JsonObject namespace = new JsonObject()
                .put("auth", "none")
                .put("resume", new JsonObject())
                .put("events", events);
        return cluster.serve(new JsonObject().put("namespaces", new JsonObject().put("/", namespace)));
    }

    private static String url(ForkedNode node) {
        return "http://127.0.0.1:" + node.port() + "/";
    }

    private static void say(TestClient speaker, int from, int to) {
        IntStream.range(from, to)
                .forEach(n ->
                        speaker.answer("say", new JsonObject().put("room", ROOM).put("n", n)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void kill_ofItsNode_leavesAClientTheSameSocketOnAnother(String transport) throws Exception {
        try (ForkedCluster cluster = new ForkedCluster(folder);
                NodeConsole console = NodeConsole.start()) {
            ForkedNode first = serve(cluster);
            ForkedNode second = serve(cluster);
            try (Clients clients = new Clients(second, Transport.JDK_WEBSOCKET)) {
                TestClient speaker = clients.open();
                Object id = console.run(
                        "state.me = person(args[0], { transports: [args[1]] }); await state.me.connect();"
                                + " await state.me.ask('join', args[2]); await state.me.ask('me', { n: 'mine' });"
                                + " return state.me.socket.id",
                        url(first),
                        transport,
                        ROOM);
                say(speaker, 0, 10);
                console.run("await state.me.hear('said', 11)");

                first.kill();
                first.awaitExit();
                console.run("await until(() => state.me.ends.length > 0, () => 'a disconnection')");
                say(speaker, 10, 20);

                assertThat(console.run("return state.me.connect(args[0])", url(second)))
                        .isEqualTo(true);
                say(speaker, 20, 30);
                JsonArray heard = (JsonArray) console.run("return state.me.hear('said', 31)");
                assertThat(console.run("return state.me.ids"))
                        .isEqualTo(new JsonArray().add(id).add(id));
                assertThat(heard.stream()
                                .map(arguments ->
                                        ((JsonArray) arguments).getJsonObject(0).getValue("n"))
                                .filter(Integer.class::isInstance))
                        .isEqualTo(IntStream.range(0, 30).boxed().toList());
                assertThat(heard).hasSize(31);
            }
        }
    }
}
