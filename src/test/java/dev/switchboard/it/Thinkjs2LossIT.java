package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example {@code thinkjs2-chat} on two nodes, each a JVM, of which one is killed. */
@Timeout(60)
class Thinkjs2LossIT {
    @TempDir
    private Path folder;

    private final List<Clients> clients = new ArrayList<>();
    private ForkedCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new ForkedCluster(folder);
    }

    @AfterEach
    void stop() {
        clients.forEach(Clients::close);
        cluster.close();
    }

    private TestClient open(ForkedNode node) {
        Clients opened = new Clients(node, Transport.JDK_WEBSOCKET);
        clients.add(opened);
        return opened.open();
    }

    private static int comes(TestClient client, String name) {
        client.emit("adduser", name);
        return ((JsonObject) client.data("login")).getInteger("numUsers");
    }

    @Test
    void kill_ofANode_takesItsClientsOutOfTheCount() throws IOException {
        JsonObject configuration = ExampleServer.configuration("thinkjs2-chat");
        ForkedNode stays = cluster.serve(configuration);
        ForkedNode dies = cluster.serve(configuration);
        TestClient ann = open(stays);
        assertThat(comes(ann, "ann")).isEqualTo(1);
        assertThat(comes(open(dies), "bob")).isEqualTo(2);
        assertThat(comes(open(dies), "mia")).isEqualTo(3);
        assertThat(ann.data("userjoin")).isEqualTo(joined("bob", 2));
        assertThat(ann.data("userjoin")).isEqualTo(joined("mia", 3));

        dies.kill();

        assertThat(comes(open(stays), "eve")).isEqualTo(2);
        assertThat(ann.data("userjoin")).isEqualTo(joined("eve", 2));
    }

    private static JsonObject joined(String name, int count) {
        return new JsonObject().put("username", name).put("numUsers", count);
    }
}
