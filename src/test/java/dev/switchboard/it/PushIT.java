package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Namespace;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events from code that no client called: the clients of every node hear them. */
@Tag("cluster")
class PushIT {
    private static final String NEWS = "news";

    private static TestServer server;

    @AutoClose
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);

    private List<TestClient> each;

    @BeforeAll
    static void start() {
        server = TestServer.open();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        each = IntStream.range(0, server.nodes()).mapToObj(n -> clients.open()).toList();
    }

    @Test
    void httpRoute_reachesTheClientsOfAllNodes() throws Exception {
        Router router = Router.router(server.vertx());
        router.post("/news")
                .handler(BodyHandler.create())
                .handler(request -> server.namespace("/")
                        .all()
                        .emit(NEWS, request.body().asString())
                        .onSuccess(v -> request.end()));
        int port = TestServer.await(
                        server.vertx().createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();

        HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/news"))
                .POST(HttpRequest.BodyPublishers.ofString("from a route"))
                .build();
        int status = HttpClient.newHttpClient()
                .send(post, HttpResponse.BodyHandlers.discarding())
                .statusCode();

        assertThat(status).isEqualTo(200);
        each.forEach(client -> assertThat(server.heardBy(client, "/", NEWS)).containsExactly("from a route"));
    }

    @Test
    void timer_reachesTheClientsOfAllNodes() {
        server.vertx().setTimer(1, t -> server.namespace("/").all().emit(NEWS, "from a timer"));

        each.forEach(client -> assertThat(client.data(NEWS)).isEqualTo("from a timer"));
    }

    /** A verticle of a node that has neither a door nor a handler. */
    private static final class Elsewhere extends VerticleBase {
        @Override
        public Future<?> start() {
            Namespace all = Namespace.of(vertx, "/");
            return all.all().emit(NEWS, "from elsewhere");
        }
    }

    @Test
    void otherMemberOfTheCluster_reachesTheClientsOfAllNodes() {
        Vertx stranger = server.stranger();

        TestServer.await(stranger.deployVerticle(new Elsewhere()));

        each.forEach(client -> assertThat(client.data(NEWS)).isEqualTo("from elsewhere"));
        assertThat(TestServer.await(Namespace.of(stranger, "/").all().sockets()))
                .hasSize(each.size());
    }
}
