package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of which two readers could think differently, and what a client would like to put into an answer. */
@Timeout(60)
class RequestHazardsIT {
    private static final String HIDDEN = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(new JsonObject("""
                {"http": {"trustedProxies": ["127.0.0.1"]}, "namespaces": {"/": {"auth": "none"}}}"""));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** All that the server says before it hangs up, or falls silent. */
    private static String said(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(3_000);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                for (int b = socket.getInputStream().read();
                        b >= 0;
                        b = socket.getInputStream().read()) {
                    all.write(b);
                }
            } catch (SocketTimeoutException | SocketException silent) {
                // What has come by now is all.
            }
            return all.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static String post(String headers, String body) {
        return "POST /token HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n" + body;
    }

    static Stream<Arguments> ambiguous() {
        String chunked = "0\r\n\r\n" + HIDDEN;
        return Stream.of(
                arguments(
                        "length and chunks",
                        post("Content-Length: " + chunked.length() + "\r\nTransfer-Encoding: chunked\r\n", chunked)),
                arguments("chunks and length", post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", chunked)),
                arguments("two lengths", post("Content-Length: 2\r\nContent-Length: 44\r\n", "{}" + HIDDEN)),
                arguments("two lengths in one", post("Content-Length: 2, 44\r\n", "{}" + HIDDEN)),
                arguments("signed length", post("Content-Length: +2\r\n", "{}" + HIDDEN)),
                arguments("length of letters", post("Content-Length: 0x2\r\n", "{}" + HIDDEN)),
                arguments("negative length", post("Content-Length: -2\r\n", "{}" + HIDDEN)),
                arguments("unknown encoding", post("Transfer-Encoding: xchunked\r\n", chunked)),
                arguments("chunked is not last", post("Transfer-Encoding: chunked, identity\r\n", chunked)),
                arguments(
                        "folded header",
                        post("X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 2\r\nBad\r\n", "{}")),
                arguments("space before colon", post("Transfer-Encoding : chunked\r\n", chunked)),
                arguments("control in the name", post("Content\u0000-Length: 2\r\n", "{}" + HIDDEN)),
                arguments("CR in a value", post("X: a\rContent-Length: 2\r\n", "{}" + HIDDEN)),
                arguments("NUL in a value", post("X: a\u0000b\r\nContent-Length: 2\r\n", "{}" + HIDDEN)),
                arguments("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                arguments("no host", "GET / HTTP/1.1\r\n\r\n"),
                arguments("chunk of letters", post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n" + chunked)),
                arguments("signed chunk", post("Transfer-Encoding: chunked\r\n", "-2\r\n{}\r\n" + chunked)),
                arguments(
                        "chunk beyond all sizes",
                        post("Transfer-Encoding: chunked\r\n", "FFFFFFFFFFFFFFFF1\r\n{}\r\n" + chunked)),
                arguments(
                        "chunk extension of megabytes",
                        post("Transfer-Encoding: chunked\r\n", "2;" + "x".repeat(3_000_000) + "\r\n{}\r\n" + chunked)),
                arguments("NUL in the path", "GET /\u0000 HTTP/1.1\r\nHost: a\r\n\r\n"),
                arguments("NUL in the path, encoded", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    /** Nobody may be answered for what somebody in front of the server took for part of another's request. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void request_ambiguous_isRefusedAndWhatFollowsIsNotRead(String what, String bytes) throws IOException {
        String said = said(bytes);

        assertThat(STATUS.matcher(said).results().map(status -> status.group(1)))
                .as(said)
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(status -> status.startsWith("4"));
        assertThat(said).doesNotContain("event-loop", "Exception", "\tat ");
    }

    /** Else the test above would be green at a server that answers nothing. */
    @Test
    void request_plain_isAnsweredAndSoIsTheNext() throws IOException {
        String said = said(post("Content-Length: 2\r\n", "{}") + HIDDEN);

        assertThat(STATUS.matcher(said).results().map(status -> status.group(1)))
                .containsExactly("200", "200");
    }

    @Test
    void target_absolute_isNoWayToAnotherOrigin() throws IOException {
        String own = "127.0.0.1:" + server.port();
        String said = said("POST http://evil.example/token HTTP/1.1\r\nHost: " + own
                + "\r\nOrigin: http://evil.example\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(said).doesNotContain("HTTP/1.1 200");
    }

    // ---- headers in answers

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /sockjs/info HTTP/1.1\r\nHost: $own\r\nOrigin: http://$own\u000bX-Split: 1\r\n\r\n",
                "OPTIONS /sockjs/000/session-x/xhr HTTP/1.1\r\nHost: $own\r\nAccess-Control-Request-Headers: a\u000cX-Split: 1\r\n\r\n",
                "GET /sockjs/000/session-y/jsonp?c=a%0d%0aX-Split:%201 HTTP/1.1\r\nHost: $own\r\n\r\n",
                "GET /sockjs/000/session-z/htmlfile?c=a%0d%0aX-Split:%201 HTTP/1.1\r\nHost: $own\r\n\r\n",
                "GET /chat%0d%0aX-Split:%201 HTTP/1.1\r\nHost: $own\r\n\r\n",
                "GET //evil.example/%2e%2e HTTP/1.1\r\nHost: $own\r\n\r\n",
                "GET /chat?%0d%0aX-Split:%201 HTTP/1.1\r\nHost: $own\r\n\r\n"
            })
    void answer_neverHoldsAHeaderOfTheClients(String request) throws IOException {
        String said = said(request.replace("$own", "127.0.0.1:" + server.port()));
        String head = said.contains("\r\n\r\n") ? said.substring(0, said.indexOf("\r\n\r\n")) : said;

        assertThat(head).startsWith("HTTP/1.1 ");
        assertThat(head.lines()).noneMatch(line -> line.startsWith("X-Split"));
        assertThat(head.toLowerCase(java.util.Locale.ROOT)).doesNotContain("location: //", "location: http");
    }

    // ---- what is never there

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/eventbus",
                "/eventbus/",
                "/eventbus/info",
                "/eventbus/websocket",
                "/eventbus/000/abcdefgh/websocket",
                "/%65ventbus",
                "/%65ventbus/websocket",
                "//eventbus",
                "/x/../eventbus",
                "/./eventbus/websocket",
                "/admin",
                "/admin/",
                "/%61dmin",
                "//admin"
            })
    void bus_isNowhere(String path) throws IOException {
        String own = "127.0.0.1:" + server.port();
        String upgrade = String.join(
                "\r\n",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "");

        assertThat(said("GET " + path + " HTTP/1.1\r\nHost: " + own + "\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
        assertThat(said("POST " + path + " HTTP/1.1\r\nHost: " + own + "\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
        assertThat(said("GET " + path + " HTTP/1.1\r\nHost: " + own + "\r\n" + upgrade + "\r\n"))
                .startsWith("HTTP/1.1 404");
    }
}
