package dev.switchboard.http;

import static dev.switchboard.http.Site.await;
import static dev.switchboard.http.Site.error;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogInTest {
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
    @CsvSource({
        "400,400,INVALID_DATA",
        "401,401,UNAUTHORIZED",
        "403,403,REFUSED",
        "500,500,INTERNAL_ERROR",
        "-1,500,INTERNAL_ERROR"
    })
    void postToken_authenticatorFails_isToldByItsCode(int failure, int status, String code) {
        site.authenticator(question -> question.fail(failure, "Not you"));
        HttpResponse<String> answer = site.post("{}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer).getString("code")).isEqualTo(code);
        assertThat(error(answer).getString("message")).isEqualTo(status == 500 ? "The server failed" : "Not you");
    }

    @Test
    void postToken_authenticator_getsCredentialsAndAddressAndGivesClaims() {
        site.authenticator(question -> question.reply(new JsonObject()
                .put("id", "u1")
                .put("name", "Ann")
                .put("claims", new JsonObject().put("asked", question.body()))));
        JsonObject answer = new JsonObject(site.post("{\"password\":\"x\"}").body());

        assertThat(answer.getJsonObject("user")).isEqualTo(new JsonObject("{\"id\":\"u1\",\"name\":\"Ann\"}"));
        assertThat(await(site.tokens.verify(answer.getString("token"))).claims().getJsonObject("asked"))
                .isEqualTo(new JsonObject("{\"credentials\":{\"password\":\"x\"},\"address\":\"127.0.0.1\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"\",\"name\":\"x\"}",
                "{\"id\":\"x\"}",
                "{\"id\":\"x\",\"name\":\"x\",\"claims\":{\"sub\":\"y\"}}"
            })
    void postToken_authenticatorAnswersNonsense_isTheServersFault(String answer) {
        site.authenticator(question -> question.reply(new JsonObject(answer)));

        assertThat(site.post("{}").statusCode()).isEqualTo(500);
    }

    @Test
    void postToken_noAuthenticator_isUnavailable() {
        await(site.vertx.undeploy(site.guests));
        HttpResponse<String> answer = site.post("{}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(error(answer).getString("code")).isEqualTo("UNAVAILABLE");
    }

    @Test
    void postToken_authenticatorSilent_isUnavailableAfterAWhile() {
        site.authenticator(question -> {});

        assertThat(site.post("{}").statusCode()).isEqualTo(503);
    }
}
