package dev.switchboard.http;

import static dev.switchboard.http.Site.await;
import static dev.switchboard.http.Site.error;
import static dev.switchboard.http.Site.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestAuthenticatorTest {
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
    void postToken_name_isAGuestWithThisNameAndARandomId() {
        HttpResponse<String> answer = site.post("{\"name\":\" ann \"}");
        JsonObject body = new JsonObject(answer.body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(body.fieldNames()).containsExactlyInAnyOrder("token", "user", "expires");
        assertThat(body.getJsonObject("user").getString("name")).isEqualTo("ann");
        assertThat(body.getJsonObject("user").getString("id")).hasSize(22);
        assertThat(body.getInteger("expires")).isBetween(3590, 3600);
        assertThat(await(site.tokens.verify(body.getString("token"))).user().name())
                .isEqualTo("ann");
    }

    @Test
    void postToken_sameNameTwice_isAnotherUser() {
        assertThat(user(site.post("{\"name\":\"ann\"}")).getString("id"))
                .isNotEqualTo(user(site.post("{\"name\":\"ann\"}")).getString("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"name\":null}"})
    void postToken_noName_isAGuestWithAMadeUpOne(String body) {
        assertThat(user(site.post(body)).getString("name")).matches("Guest[2-9A-Z]{4}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"\"", "\"  \"", "\"\\n\\u200b\"", "5", "{}", "\"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx\""})
    void postToken_wrongName_isRefused(String name) {
        HttpResponse<String> answer = site.post("{\"name\":" + name + "}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).getString("message")).isEqualTo("A name is a text of 1 to 40 characters");
    }

    @Test
    void postToken_nameWithControlCharacters_isCleaned() {
        assertThat(user(site.post("{\"name\":\"\\u202ea\\u0000n\\nn\\ud800 \uD83D\uDC4B\"}"))
                        .getString("name"))
                .isEqualTo("ann \uD83D\uDC4B");
    }

    @Test
    void postToken_longestName_countsCharactersNotHalves() {
        String name = "\uD83D\uDC4B".repeat(40);

        assertThat(user(site.post("{\"name\":\"" + name + "\"}")).getString("name"))
                .isEqualTo(name);
    }
}
