package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example {@code koa-room-cookie}: as the original, a cookie says who somebody is. */
class KoaRoomCookieIT {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = ExampleServer.start("koa-room-cookie");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The original's page connects to the server's own address, without a path. */
    private static RawPeer connect(String cookie) {
        RawPeer peer = RawPeer.connect(server.port());
        String headers = "Cookie: " + cookie + "\r\nOrigin: http://127.0.0.1:" + server.port() + "\r\n";
        assertThat(peer.upgrade("/", headers)).isEqualTo(101);
        return peer;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void cookie_ofSigningIn_saysWhoItIs() {
        HttpResponse<String> answer = HttpClients.request(
                "POST", server.url("/wsin"), "{\"name\":\"安\"}", "Content-Type", "application/json");
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(answer.headers().firstValue("Page-Token")).isEmpty();

        try (RawPeer peer = connect("other=1; " + cookie.substring(0, cookie.indexOf(';')))) {
            JsonObject join = new JsonObject(peer.nextText());
            assertThat(join.getString("data")).isEqualTo("安 joined.");
            assertThat(join.getJsonObject("user").getString("type")).isEqualTo("游客");
            JsonObject list = new JsonObject(peer.nextText());
            assertThat(list.getJsonArray("data")).containsExactly(join.getJsonObject("user"));
            for (String bad : List.of("other=1", "name=", "name=!!!", "name=" + base64("{"), "name=" + base64("{}"))) {
                try (RawPeer nobody = connect(bad)) {
                    assertThat(nobody.awaitClose()).as(bad).isEqualTo(new Closed(4001, "Invalid user"));
                }
            }
            peer.text("alive");
            assertThat(new JsonObject(peer.nextText()).getLong("id")).isEqualTo(list.getLong("id") + 1);
        }
    }
}
