package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** {@code /token} of a server. */
record TokenRoute(TestServer server) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    HttpResponse<String> request(String method, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url("/token")))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JsonObject logIn(String name) {
        return new JsonObject(
                request("POST", Map.of(), new JsonObject().put("name", name).encode())
                        .body());
    }

    JsonObject refresh(String token) {
        return new JsonObject(
                request("POST", Map.of("Authorization", "Bearer " + token), "").body());
    }

    void logOut(String token) {
        assertThat(request("DELETE", Map.of("Authorization", "Bearer " + token), "")
                        .statusCode())
                .isEqualTo(204);
    }
}
