package dev.switchboard.http;

import static dev.switchboard.http.Site.await;
import static dev.switchboard.http.Site.error;
import static dev.switchboard.http.Site.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.token.Revocation;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRoutesTest {
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

    @ParameterizedTest
    @ValueSource(strings = {"name=ann", "{", "[]", "\"ann\"", "null", "5", "{} {}", "\0"})
    void postToken_noJsonObject_isRefused(String body) {
        HttpResponse<String> answer = site.post(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).getString("code")).isEqualTo("BAD_REQUEST");
    }

    @Test
    void postToken_form_isTakenForWhatItHolds() {
        HttpResponse<String> json = site.send(site.request("/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{\"name\":\"ann\"}")));
        HttpResponse<String> form = site.send(site.request("/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=ann")));

        assertThat(user(json).getString("name")).isEqualTo("ann");
        assertThat(form.statusCode()).isEqualTo(400);
    }

    @Test
    void postToken_tooLarge_isRefusedWhetherItSaysSoOrNot() {
        byte[] large = ("{\"name\":\"" + "x".repeat(64 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        BodyPublisher chunked = BodyPublishers.ofByteArrays(List.of(large));

        for (BodyPublisher body : List.of(BodyPublishers.ofByteArray(large), chunked)) {
            HttpResponse<String> answer = site.send(site.request("/token").POST(body));
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(error(answer).getString("code")).isEqualTo("TOO_LARGE");
        }
    }

    @Test
    void postToken_validToken_isRefreshed() {
        JsonObject first = new JsonObject(site.post("{\"name\":\"ann\"}").body());
        HttpResponse<String> answer = site.post("", first.getString("token"));
        JsonObject second = new JsonObject(answer.body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(second.getJsonObject("user")).isEqualTo(first.getJsonObject("user"));
        assertThat(second.getString("token")).isNotEqualTo(first.getString("token"));
        assertThat(await(site.tokens.verify(second.getString("token"))).family())
                .isEqualTo(await(site.tokens.verify(first.getString("token"))).family());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Bearer", "Basic YTpi", "Bearer a b", ""})
    void postToken_invalidToken_isRefused(String authorization) {
        HttpResponse<String> answer = site.send(
                site.request("/token").header("Authorization", authorization).POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(error(answer).getString("code")).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void deleteToken_validToken_revokesTheFamilyAndTells() {
        String first = new JsonObject(site.post("{}").body()).getString("token");
        String second = new JsonObject(site.post("", first).body()).getString("token");
        HttpResponse<String> answer = site.delete(first);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(site.revoked).extracting(Revocation::kind).containsExactly(Revocation.Kind.LOGIN);
        assertThat(error(site.post("", second)).getString("code")).isEqualTo("REVOKED_TOKEN");
        assertThat(site.delete(second).statusCode()).isEqualTo(401);
        assertThat(site.revoked).hasSize(1);
    }

    @Test
    void deleteToken_onlyThis_leavesTheOthersOfTheLogIn() {
        String first = new JsonObject(site.post("{}").body()).getString("token");
        String second = new JsonObject(site.post("", first).body()).getString("token");

        assertThat(site.delete("/token?only=this", first).statusCode()).isEqualTo(204);

        assertThat(error(site.post("", first)).getString("code")).isEqualTo("REVOKED_TOKEN");
        assertThat(site.post("", second).statusCode()).isEqualTo(200);
    }

    @Test
    void deleteToken_onlySomethingElse_revokesNothing() {
        String token = new JsonObject(site.post("{}").body()).getString("token");
        HttpResponse<String> answer = site.delete("/token?only=that", token);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).getString("message")).contains("\"this\"");
        assertThat(site.revoked).isEmpty();
    }

    @Test
    void deleteToken_noToken_isRefused() {
        assertThat(site.send(site.request("/token").DELETE()).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "OPTIONS", "PATCH"})
    void token_otherMethod_isRefusedWithThoseThatWork(String method) {
        HttpResponse<String> answer = site.send(site.request("/token").method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("POST, DELETE");
        assertThat(error(answer).getString("code")).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "OPTIONS"})
    void token_foreignOrigin_isRefusedWithoutCors(String method) {
        HttpResponse<String> answer = site.send(site.request("/token")
                .header("Origin", "https://evil.example")
                .method(method, BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(error(answer).getString("code")).isEqualTo("FOREIGN_ORIGIN");
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }
}
