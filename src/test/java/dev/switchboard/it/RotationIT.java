package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.Switchboard;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of the tokens is replaced while the cluster runs, node by node, and nobody is logged out. */
@Tag("cluster")
class RotationIT {
    private final TestNodes nodes = TestNodes.start();
    private final List<Switchboard> running = new ArrayList<>();
    private final List<String> deployments = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path one;
    private Path two;

    @BeforeEach
    void keys() throws IOException {
        one = Files.writeString(folder.resolve("one"), "the first key, of more than 32 bytes\n");
        two = Files.writeString(folder.resolve("two"), "the second key, of more than 32 bytes\n");
        for (int node = 0; node < nodes.all().size(); node++) {
            running.add(new Switchboard());
            deployments.add("");
        }
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private void start(int node, Path key, Path... accepted) {
        JsonObject token = new JsonObject()
                .put("keyFile", key.toString())
                .put(
                        "acceptedKeyFiles",
                        new JsonArray(
                                List.of(accepted).stream().map(Path::toString).toList()));
        JsonObject config = new JsonObject()
                .put("http", new JsonObject().put("port", 0).put("instances", 1))
                .put("token", token)
                .put("namespaces", new JsonObject().put("/", new JsonObject()));
        Switchboard switchboard = new Switchboard();
        deployments.set(
                node,
                TestServer.await(
                        nodes.all().get(node).deployVerticle(switchboard, new DeploymentOptions().setConfig(config))));
        running.set(node, switchboard);
    }

    private void restart(int node, Path key, Path... accepted) {
        TestServer.await(nodes.all().get(node).undeploy(deployments.get(node)));
        start(node, key, accepted);
    }

    private IntStream each() {
        return IntStream.range(0, running.size());
    }

    private int refresh(int node, String token) {
        String url = "http://127.0.0.1:" + running.get(node).port() + "/token";
        return HttpClients.request("POST", url, "", "Authorization", "Bearer " + token)
                .statusCode();
    }

    private String logIn(int node) {
        String url = "http://127.0.0.1:" + running.get(node).port() + "/token";
        return new JsonObject(
                        HttpClients.request("POST", url, "{\"name\":\"ann\"}").body())
                .getString("token");
    }

    private void assertTakenEverywhere(List<String> tokens) {
        each().forEach(node -> tokens.forEach(
                token -> assertThat(refresh(node, token)).as("node %s", node).isEqualTo(200)));
    }

    @Test
    void rotation_nodeByNode_logsNobodyOut() {
        List<String> issued = new ArrayList<>();
        each().forEach(node -> start(node, one));
        each().forEach(node -> issued.add(logIn(node)));

        // First every node learns to accept the new key, then every node signs with it.
        each().forEach(node -> {
            restart(node, one, two);
            issued.add(logIn(node));
            assertTakenEverywhere(issued);
        });
        each().forEach(node -> {
            restart(node, two, one);
            issued.add(logIn(node));
            assertTakenEverywhere(issued);
        });
        // When the tokens of the old one are over it goes.
        String young = logIn(0);
        each().forEach(node -> {
            restart(node, two);
            assertThat(refresh(node, young)).isEqualTo(200);
            assertThat(refresh(node, issued.get(0))).isEqualTo(401);
        });
    }

    @Test
    void start_withAKeyThatTheOthersDoNotAccept_fails() {
        if (running.size() == 1) {
            return;
        }
        start(0, one);

        assertThatThrownBy(() -> start(1, two, one)).hasStackTraceContaining("token.acceptedKeyFiles first");
        assertThatThrownBy(() -> start(1, two))
                .hasStackTraceContaining("token.keyFile: is not the key that the other nodes of the cluster use");
        for (int node = 1; node < running.size(); node++) {
            start(node, one, two);
        }
        assertTakenEverywhere(List.of(logIn(0), logIn(1)));
    }
}
