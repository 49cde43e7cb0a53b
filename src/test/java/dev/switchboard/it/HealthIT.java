package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.HandlerDirectory;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Whether a node says that it wants clients. */
class HealthIT {
    private static final String HANDLER = AnsweringVerticle.class.getName();

    private static JsonObject checks(HttpResponse<String> answer) {
        JsonObject checks = new JsonObject();
        new JsonObject(answer.body())
                .getJsonArray("checks").stream()
                        .map(JsonObject.class::cast)
                        .forEach(check -> checks.put(check.getString("id"), check.getString("status")));
        return checks;
    }

    @Test
    void node_whoseHandlersAreGone_isNotReady() {
        try (TestServer server = TestServer.start(new JsonObject()
                .put(
                        "namespaces",
                        new JsonObject()
                                .put("/", new JsonObject().put("events", new JsonObject().put("answer", HANDLER)))))) {
            HttpResponse<String> before = HttpClients.request("GET", server.url("/health/ready"), "");
            assertThat(before.statusCode()).isEqualTo(200);
            assertThat(checks(before))
                    .isEqualTo(new JsonObject()
                            .put("cluster", "UP")
                            .put("handlers", "UP")
                            .put("draining", "UP"));

            new HandlerDirectory(server.vertx())
                    .instances().stream()
                            .filter(instance -> instance.handler().equals(HANDLER))
                            .map(Announcement::deployment)
                            .toList()
                            .forEach(server::undeploy);

            await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
                HttpResponse<String> after = HttpClients.request("GET", server.url("/health/ready"), "");
                assertThat(after.statusCode()).isEqualTo(503);
                assertThat(checks(after).getString("handlers")).isEqualTo("DOWN");
            });
            assertThat(HttpClients.request("GET", server.url("/health/live"), "")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
