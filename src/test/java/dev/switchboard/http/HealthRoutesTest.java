package dev.switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthRoutesTest {
    @TempDir
    private Path webroot;

    private Site site;

    @BeforeEach
    void open() throws IOException {
        site = new Site(webroot);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void health_readyOrNot_isTold() {
        assertThat(site.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(site.get("/health/ready").statusCode()).isEqualTo(200);
        site.ready = false;
        HttpResponse<String> answer = site.get("/health/ready");

        assertThat(site.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(new JsonObject(answer.body()).getString("status")).isEqualTo("DOWN");
        assertThat(new JsonObject(answer.body()).getJsonArray("checks"))
                .containsExactlyInAnyOrder(
                        new JsonObject().put("id", "one").put("status", "UP"),
                        new JsonObject().put("id", "other").put("status", "DOWN"));
        assertThat(site.send(site.request("/health/live").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
    }
}
