package dev.switchboard.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.transport.socketio.EnginePeer.Answer;
import dev.switchboard.transport.socketio.EnginePeer.Line;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is this server's own: where it is served, to whose pages, and what the configuration says. */
class SocketIoMountIT {
    private static final String OPEN = "?EIO=4&transport=polling";

    @RegisterExtension
    private static final SuiteServer SERVER = new SuiteServer();

    private final EnginePeer peer = SERVER.peer(4);

    private static int status(EnginePeer peer, String target) {
        return EnginePeer.answer(peer.at(target).build()).status();
    }

    // ---- where

    @ParameterizedTest
    @CsvSource({"/socket.io/, 200", "/socket.io, 200", "/socket.io/x, 404", "/socket.iox/, 404"})
    void path_withOrWithoutItsLastSlash_isServed(String path, int status) {
        assertThat(status(peer, path + OPEN)).isEqualTo(status);
    }

    @Test
    void path_ofTheConfiguration_isServed_andTheUsualOneIsNot() {
        try (ServerUnderTest elsewhere = ServerUnderTest.start(new JsonObject().put("path", "/live/io/"))) {
            EnginePeer there = elsewhere.peer(4);
            assertThat(status(there, "/live/io/" + OPEN)).isEqualTo(200);
            assertThat(status(there, "/socket.io/" + OPEN)).isEqualTo(404);
        }
    }

    @Test
    void path_false_isNothing() {
        try (ServerUnderTest off = ServerUnderTest.start(new JsonObject().put("path", false))) {
            assertThat(status(off.peer(4), "/socket.io/" + OPEN)).isEqualTo(404);
            assertThat(off.peer(4).refusal("EIO=4&transport=websocket")).isEqualTo(404);
        }
    }

    @Test
    void allowEIO3_false_refusesOlderClients() {
        try (ServerUnderTest strict = ServerUnderTest.start(new JsonObject().put("allowEIO3", false))) {
            assertThat(strict.peer(3).handshake().json().getInteger("code")).isEqualTo(5);
            assertThat(strict.peer(3).refusal("EIO=3&transport=websocket")).isEqualTo(400);
            assertThat(strict.peer(4).handshake().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"0123456789abcdef, true", "'', false", "ABC, false", "x/y, false"})
    void sessionKey_ofALoadBalancer_isWhatTheIdBeginsWith(String key, boolean taken) {
        Answer answer = EnginePeer.answer(
                peer.at("/socket.io/" + OPEN).header("X-Session-Key", key).build());
        String sid = new JsonObject(answer.body().substring(1)).getString("sid");

        assertThat(sid.startsWith(key + ".")).isEqualTo(taken);
        assertThat(sid.length()).isGreaterThanOrEqualTo(27 + (taken ? key.length() : 0));
    }

    // ---- for whom

    @ParameterizedTest
    @CsvSource({"http://a.test, 200", "http://b.test, 403", "null, 403"})
    void origin_foreign_isForbidden(String origin, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        peer.at("/socket.io/" + OPEN).header("Origin", origin).build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .hasValue(origin);
            assertThat(answer.headers().firstValue("access-control-allow-credentials"))
                    .hasValue("true");
            assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        } else {
            assertThat(new JsonObject(answer.body()).getInteger("code")).isEqualTo(4);
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .isEmpty();
        }
    }

    @Test
    void preflight_ofAnAllowedOrigin_isAnswered() {
        Answer answer = EnginePeer.answer(peer.at("/socket.io/" + OPEN)
                .header("Origin", "http://a.test")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());

        assertThat(answer.status()).isEqualTo(204);
    }

    @Test
    void namespace_withOriginsOfItsOwn_isRefusedToOthers() {
        String sid = new JsonObject(EnginePeer.answer(peer.at("/socket.io/" + OPEN)
                                .header("Origin", "http://a.test")
                                .build())
                        .body()
                        .substring(1))
                .getString("sid");

        peer.send(sid, "40/partners,", "40");

        assertThat(peer.next(sid, 2))
                .anyMatch(packet -> packet.startsWith("44/partners,") && packet.contains("4403"))
                .anyMatch(packet -> packet.startsWith("40{"));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void namespace_thatNeedsAToken_refusesAtOnceWhoHasNone(int revision) {
        Line line = SERVER.peer(revision).lineConnected();

        assertThat(line.send("40/members,").next())
                .isEqualTo(
                        revision == 4
                                ? "44/members,{\"message\":\"Invalid user\",\"data\":{\"code\":4001,"
                                        + "\"reason\":\"Invalid user\",\"reconnect\":false}}"
                                : "44/members,\"Invalid user\"");
        line.close();
    }

    @Test
    void whatAClientSaysWithAuth_isInTheQuery_butForItsSecrets() {
        Line line = peer.lineOpen();
        line.send("40{\"color\":\"red\",\"size\":7,\"deep\":{},\"key\":\"secret\",\"EIO\":\"9\"}");
        assertThat(line.next()).startsWith("40{");

        JsonObject query = new JsonArray(line.send("421[\"query\"]").next().substring(3)).getJsonObject(0);

        assertThat(query)
                .isEqualTo(new JsonObject()
                        .put("EIO", "4")
                        .put("transport", "websocket")
                        .put("color", "red")
                        .put("size", "7"));
        line.close();
    }

    // ---- clients that can only load scripts

    @Test
    void poll_ofAScript_isACall_andFormsAreTaken() {
        EnginePeer old = SERVER.peer(3);
        String script = old.get("EIO=3&transport=polling&j=7").body();
        assertThat(script).startsWith("___eio[7](\"").endsWith("\");");
        String open =
                new JsonArray("[" + script.substring("___eio[7](".length(), script.length() - 2) + "]").getString(0);
        String sid = new JsonObject(open.substring(open.indexOf('{'))).getString("sid");
        assertThat(old.get("EIO=3&transport=polling&j=0&sid=" + sid).body()).isEqualTo("___eio[0](\"2:40\");");

        String packet = "42[\"message\",\"a\\\\nb</\u2028\"]";
        String form = "d=" + URLEncoder.encode(packet.length() - 1 + ":" + packet, StandardCharsets.UTF_8);
        Answer posted = EnginePeer.answer(old.request("EIO=3&transport=polling&j=1&sid=" + sid)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());

        assertThat(posted.body()).isEqualTo("ok");
        String back = old.get("EIO=3&transport=polling&j=2&sid=" + sid).body();
        assertThat(back).contains("message-back").contains("\\u003c/\\u2028");
    }
}
