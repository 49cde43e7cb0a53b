package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.ThreadingModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A SockJS session belongs to whoever made its first request, although anybody may know its id. */
class SockJsSessionIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String KEY = "key=0123456789abcdef0123456789abcdef";
    private static final String OTHER_KEY = "key=0123456789abcdef0123456789abcdeX";
    private static final String SAY = "[\"{\\\"event\\\":\\\"say\\\",\\\"data\\\":\\\"%s\\\"}\"]";

    private static final Inbox<String> SAID = new Inbox<>();

    private static TestServer server;
    private static int sessions;

    private String session;

    @BeforeAll
    static void start() {
        server = TestServer.start("{\"/\": {\"auth\": \"none\"}, \"/other\": {\"auth\": \"none\"}}");
        for (String namespace : List.of("/", "/other")) {
            server.handle(
                    namespace,
                    1,
                    ThreadingModel.WORKER,
                    on -> on.action("say", (socket, data) -> SAID.add(data.string())));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void next() {
        session = "session" + ++sessions;
    }

    private static CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url(path)))
                .header("Content-Type", "text/plain")
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body) {
        return postLater(path, body).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private String path(String transport, String query) {
        return "/sockjs/000/" + session + "/" + transport + "?" + query;
    }

    private void begin(String query) {
        assertThat(post(path("xhr", query), "").body()).isEqualTo("o\n");
    }

    private int send(String query, String text) {
        return post(path("xhr_send", query), SAY.formatted(text)).statusCode();
    }

    private int poll(String query) {
        return post(path("xhr", query), "").statusCode();
    }

    @Test
    void session_withItsKey_isItsOwners() {
        begin(KEY);

        assertThat(poll(KEY)).isEqualTo(200);
        assertThat(send(KEY, session)).isEqualTo(204);
        assertThat(SAID.next("what the owner said", said -> said.equals(session)))
                .isNotNull();
    }

    @Test
    void session_withoutOrWithAnotherKey_isNobodyElses() {
        begin(KEY);

        for (String query : List.of(OTHER_KEY, "", "key=", "key=0123456789ABCDEF0123456789abcdef")) {
            assertThat(send(query, "stolen")).as(query).isEqualTo(403);
            assertThat(poll(query)).as(query).isEqualTo(403);
            for (String transport : List.of("xhr_streaming", "jsonp_send")) {
                assertThat(post(path(transport, query), SAY.formatted("stolen")).statusCode())
                        .as(transport)
                        .isEqualTo(403);
            }
        }
        assertOwnerStillThere(KEY);
    }

    @Test
    void session_withAToken_isNobodyElses() {
        String token = "token=" + Tokens.of("ann");
        begin(token + "&" + KEY);

        for (String query : List.of(KEY, token, token + "&" + OTHER_KEY, "token=" + Tokens.of("bob") + "&" + KEY)) {
            assertThat(send(query, "stolen")).as(query).isEqualTo(403);
            assertThat(poll(query)).as(query).isEqualTo(403);
        }
        assertOwnerStillThere(token + "&" + KEY);
    }

    private void assertOwnerStillThere(String query) {
        assertThat(poll(query)).isEqualTo(200);
        assertThat(send(query, session)).isEqualTo(204);
        SAID.next("what the owner said", said -> said.equals(session));
        assertThat(SAID.all()).doesNotContain("stolen");
    }

    @Test
    void session_atAnotherNamespace_isNobodys() {
        begin(KEY);

        int status = post("/other/sockjs/000/" + session + "/xhr_send?" + KEY, SAY.formatted("stolen"))
                .statusCode();

        assertThat(status).isIn(403, 404);
        assertOwnerStillThere(KEY);
    }

    @Test
    void session_withAShortIdAndNoSecret_isRefused() {
        session = "short" + sessions % 100;

        assertThat(poll("")).isEqualTo(400);
        assertThat(post(path("xhr_streaming", ""), "").statusCode()).isEqualTo(400);
    }

    @Test
    void session_withAShortIdAndAKey_begins() {
        session = "s" + sessions;

        begin(KEY);
        assertThat(send("", "stolen")).isIn(400, 403);
        assertOwnerStillThere(KEY);
    }

    @Test
    void session_thatNobodyBegan_takesNothing() {
        assertThat(send(KEY, "stolen")).isEqualTo(404);
        assertThat(SAID.all()).doesNotContain("stolen");
    }

    @Test
    void poll_besidesAnother_isTurnedAway() {
        begin(KEY);
        assertThat(poll(KEY)).isEqualTo(200);

        // Each has a connection of its own: nobody knows which of them comes first.
        List<CompletableFuture<HttpResponse<String>>> polls =
                List.of(postLater(path("xhr", KEY), ""), postLater(path("xhr", KEY), ""));
        CompletableFuture.anyOf(polls.toArray(CompletableFuture[]::new))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();

        assertThat(polls)
                .filteredOn(CompletableFuture::isDone)
                .singleElement()
                .satisfies(turnedAway -> assertThat(turnedAway.join().body()).contains("2010"));
        polls.forEach(poll -> poll.cancel(true));
    }
}
