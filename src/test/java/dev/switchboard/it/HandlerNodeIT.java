package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that only handle events, in JVMs of their own: nothing in the configuration of the others knows of them. */
class HandlerNodeIT {
    private static final JsonObject NO_EVENTS = new JsonObject("{\"namespaces\": {\"/\": {\"auth\": \"none\"}}}");
    private static final String SOURCE = """
            import dev.switchboard.EventVerticle;
            import dev.switchboard.Events;

            public class Hello extends EventVerticle {
                @Override
                protected void events(Events on) {
                    on.event("hello", (socket, data) -> socket.toAll().emit("greeted", data).map("hello, " + data.string()));
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void handlers_inASourceFileAndInJson_areUsedFromTheirOwnNodes() throws Exception {
        Path source = Files.writeString(folder.resolve("Hello.java"), SOURCE);
        try (ForkedCluster cluster = new ForkedCluster(folder)) {
            ForkedNode door = cluster.serve(NO_EVENTS);
            try (Clients clients = new Clients(door, Transport.JDK_WEBSOCKET)) {
                TestClient client = clients.open();
                TestClient other = clients.open();
                assertThat(client.refusal("hello", "Ann").getString("code")).isEqualTo("UNKNOWN_EVENT");

                cluster.handle(source.toString());
                cluster.handle(JsonShoutVerticle.class);

                assertThat(awaitAnswer(client, "hello", "Ann")).isEqualTo("hello, Ann");
                assertThat(other.data("greeted")).isEqualTo("Ann");
                assertThat(awaitAnswer(client, "shout", "psst")).isEqualTo("PSST");
                assertThat(other.data("shouted")).isEqualTo("PSST");
            }
        }
    }

    /** Asks until somebody handles the event: a process that has to start first. */
    private static Object awaitAnswer(TestClient client, String event, String data) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> client.ack(client.ask(event, data)), ack -> ack.containsKey("data"))
                .getValue("data");
    }
}
