package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Namespace;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only several nodes can get wrong: which of them acts, and for whom. */
@Tag("cluster")
class NodesIT {
    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    @BeforeAll
    static void start() {
        server = TestServer.open();
        for (int n = 0; n < server.nodes(); n++) {
            int node = n;
            server.handle(
                    node, "/", 1, ThreadingModel.WORKER, on -> on.event("port", (socket, data) -> server.port(node)));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private List<TestClient> oneAtEachNode() {
        return IntStream.range(0, server.nodes()).mapToObj(n -> clients.open()).toList();
    }

    @Test
    void emit_fromEachNode_reachesTheClientsOfAllOnce() {
        List<TestClient> all = oneAtEachNode();
        List<Integer> nodes = IntStream.range(0, server.nodes()).boxed().toList();

        TestServer.await(Future.all(nodes.stream()
                .map(node -> Namespace.of(server.vertx(node), "/").all().emit("from", node))
                .toList()));

        all.forEach(
                client -> assertThat(server.heardBy(client, "/", "from")).containsExactlyInAnyOrderElementsOf(nodes));
    }

    @Test
    void event_withAHandlerAtEachNode_isHandledWhereItsSocketIs() {
        List<Object> ports = oneAtEachNode().stream()
                .map(client -> client.answer("port", null))
                .toList();

        assertThat(ports)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, server.nodes())
                        .mapToObj(n -> (Object) server.port(n))
                        .toList());
    }

    @Test
    void sockets_areTheSameSeenFromEachNode() {
        List<String> ids = oneAtEachNode().stream().map(TestClient::id).toList();

        for (int n = 0; n < server.nodes(); n++) {
            assertThat(TestServer.await(Namespace.of(server.vertx(n), "/").all().sockets()))
                    .extracting(member -> member.socket())
                    .containsAll(ids)
                    .doesNotHaveDuplicates();
        }
    }
}
