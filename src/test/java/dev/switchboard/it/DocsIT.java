package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /docs}: there in development, and what it serves is what it says. */
class DocsIT {
    private static TestServer server;
    private static TestServer closed;

    static JsonObject config() {
        return new JsonObject("""
                {"development": true, "namespaces": {"/chat": {"auth": "none", "presence": "all", "schemas": {
                  "say": {"description": "Says it to a room.", "in": {"type": "object", "required": ["text", "room"], "properties": {
                      "text": {"type": "string", "maxLength": 500, "description": "What is said."}, "room": {"$ref": "#/$defs/room"},
                      "tags": {"type": "array", "items": {"type": "string"}}, "mood": {"enum": ["good", "bad"]}},
                      "$defs": {"room": {"type": "object", "required": ["name"],
                                "properties": {"name": {"type": "string"}, "within": {"$ref": "#/$defs/room"}}}}},
                    "answer": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}},
                  "said": {"out": {"type": ["string", "null"]}},
                  "count up": {"type": "integer", "minimum": 1}}},
                 "/": {"auth": "none"}}}""");
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(1, config());
        closed = TestServer.start(1, config().put("development", false));
    }

    @AfterAll
    static void stop() {
        server.close();
        closed.close();
    }

    private static HttpResponse<String> get(TestServer from, String path) {
        return HttpClients.request("GET", from.url(path), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/", "/docs/docs.js", "/docs/asyncapi.json", "/docs/events.d.ts"})
    void outsideOfDevelopment_nothingIsThere(String path) {
        assertThat(get(closed, path).statusCode()).isEqualTo(404);
    }

    @Test
    void path_withoutSlash_leadsToThePage() {
        HttpResponse<String> answer = get(server, "/docs");

        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("Location")).contains("/docs/");
    }

    @ParameterizedTest
    @CsvSource({
        "/docs/, text/html; charset=utf-8",
        "/docs/docs.css, text/css; charset=utf-8",
        "/docs/docs.js, text/javascript; charset=utf-8",
        "/docs/icon.svg, image/svg+xml"
    })
    void files_comeWithAPolicyThatLetsNothingElseIn(String path, String type) {
        HttpResponse<String> answer = get(server, path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void asyncApi_isValid(@TempDir Path folder) throws Exception {
        Prerequisites.require(NodePuppet.missing());
        HttpResponse<String> answer = get(server, "/docs/asyncapi.json");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        JsonObject document = new JsonObject(answer.body());

        assertThat(faults(folder, document)).isEqualTo("[]");
        assertThat(document.getJsonObject("servers").getJsonObject("server").getString("host"))
                .isEqualTo("127.0.0.1:" + server.port());
        assertThat(document.getJsonObject("operations").fieldNames())
                .contains("chat.say.in", "chat.said.out", "chat.count_up.in", "chat.user_joined.out");
        // So that it is known to look.
        document.getJsonObject("operations").getJsonObject("chat.say.in").put("action", "shout");
        assertThat(faults(folder, document)).contains("/operations/chat.say.in/action");
    }

    private static String faults(Path folder, JsonObject document) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("asyncapi.json"), document.encode());
        Process node = new ProcessBuilder(List.of("node", "support/asyncapi.mjs", file.toString()))
                .directory(Path.of("src/test/js").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
        return said.strip();
    }

    @Test
    void typeScript_isThatOfTheCommand() {
        assertThat(get(server, "/docs/events.d.ts").body()).contains("export interface ChatEvents {");
    }
}
