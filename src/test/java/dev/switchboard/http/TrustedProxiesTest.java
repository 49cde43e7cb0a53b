package dev.switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.config.Network;
import dev.switchboard.config.NoOrigin;
import dev.switchboard.wire.Handshake;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests from 127.0.0.1, which is a trusted proxy like all of 10.0.0.0/8 and fd00::/8, and from others. */
class TrustedProxiesTest {
    private static final String PROXY = "127.0.0.1";
    private static final String STRANGER = "127.0.0.9";
    private static final Origins OWN = new Origins(List.of(), NoOrigin.ACCEPT);

    private static Vertx vertx;
    private static HttpServer server;
    private static Map<String, HttpClient> clients;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        TrustedProxies proxies =
                new TrustedProxies(List.of(network("127.0.0.1"), network("10.0.0.0/8"), network("fd00::/8")));
        server = Site.await(vertx.createHttpServer()
                .requestHandler(request -> answer(proxies.seenByClient(request)))
                .listen(0, "127.0.0.1"));
        clients = Map.of(PROXY, client(PROXY), STRANGER, client(STRANGER));
    }

    @AfterAll
    static void stop() {
        Site.await(vertx.close());
    }

    private static Network network(String text) {
        return Network.parse(text).orElseThrow();
    }

    private static HttpClient client(String address) {
        return vertx.createHttpClient(new HttpClientOptions().setLocalAddress(address));
    }

    private static void answer(HttpServerRequest request) {
        Handshake handshake = Handshake.of(request);
        request.response()
                .end(handshake.address()
                        + (handshake.secure() ? " https " : " http ")
                        + request.authority()
                        + (OWN.allows(request) ? "" : " foreign"));
    }

    /** What the server takes the request for: its address, scheme and host. */
    private static String seen(String sender, MultiMap headers) {
        // All on one event loop, or the answer may be there before anybody waits for it.
        return Site.await(Future.future(promise -> vertx.runOnContext(v -> clients.get(sender)
                .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> {
                    headers.names().forEach(name -> request.putHeader(name, headers.getAll(name)));
                    return request.send();
                })
                .compose(TrustedProxiesTest::text)
                .onComplete(promise))));
    }

    private static Future<String> text(HttpClientResponse response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().map(Object::toString);
    }

    /** Lines of headers, with bars between. */
    private static MultiMap headers(String lines) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String line : lines.split("\\|", -1)) {
            String[] parts = line.strip().split(": ?", 2);
            headers.add(parts[0], parts[1]);
        }
        return headers;
    }

    private static String address(String lines) {
        return seen(PROXY, headers(lines)).replaceFirst(" .*", "");
    }

    private static String direct(String address) {
        return address + " http 127.0.0.1:" + server.actualPort();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 203.0.113.7|X-Forwarded-Proto: https|X-Forwarded-Host: evil.example",
                "X-Forwarded-For: 127.0.0.1, 10.0.0.1",
                "Forwarded: for=203.0.113.7;proto=https;host=evil.example"
            })
    void seen_fromAStranger_isAsItCame(String lines) {
        assertThat(seen(STRANGER, headers(lines))).isEqualTo(direct(STRANGER));
    }

    @Test
    void seen_withoutHeaders_isAsItCame() {
        assertThat(seen(PROXY, MultiMap.caseInsensitiveMultiMap())).isEqualTo(direct(PROXY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            X-Forwarded-For: 203.0.113.7                                    ; 203.0.113.7
            x-forwarded-for: 203.0.113.7:4711                               ; 203.0.113.7
            X-Forwarded-For: 2001:db8::7                                    ; 2001:db8:0:0:0:0:0:7
            X-Forwarded-For: [2001:db8::7]:4711                             ; 2001:db8:0:0:0:0:0:7
            X-Forwarded-For: ::ffff:203.0.113.7                             ; 203.0.113.7
            X-Forwarded-For: 203.0.113.7, 10.0.0.2                          ; 203.0.113.7
            X-Forwarded-For: 203.0.113.7, fd00::2,10.0.0.2                  ; 203.0.113.7
            X-Forwarded-For: 203.0.113.7 | X-Forwarded-For: 10.0.0.2        ; 203.0.113.7
            X-Forwarded-For: 10.0.0.3, 10.0.0.2                             ; 10.0.0.3
            """)
    void address_throughProxies_isTheClients(String lines, String address) {
        assertThat(address(lines)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            X-Forwarded-For: 1.2.3.4, 203.0.113.7                           ; 203.0.113.7
            X-Forwarded-For: 10.0.0.1, 203.0.113.7, 10.0.0.2                ; 203.0.113.7
            X-Forwarded-For: 1.2.3.4 | X-Forwarded-For: 203.0.113.7         ; 203.0.113.7
            X-Forwarded-For: 1.2.3.4, unknown                               ; 127.0.0.1
            X-Forwarded-For: 1.2.3.4, _hidden, 10.0.0.2                     ; 10.0.0.2
            X-Forwarded-For: 1.2.3.4, evil.example                          ; 127.0.0.1
            X-Forwarded-For: 1.2.3.4, 203.0.113.7 | Forwarded: for=5.6.7.8  ; 203.0.113.7
            X-Forwarded-For:  | Forwarded: for=5.6.7.8                      ; 127.0.0.1
            """)
    void address_withForgedEntries_isWhatTheLastTrustedProxySays(String lines, String address) {
        assertThat(address(lines)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=203.0.113.7",
                "For=\"203.0.113.7:4711\"",
                "for=203.0.113.7:4711",
                "by=10.0.0.1;for=203.0.113.7;proto=http",
                "for=1.2.3.4, for=203.0.113.7",
                "for=1.2.3.4,,for=203.0.113.7;, for=\"10.0.0.2:_http\" ,",
                "for=\"1.2.3.4, for=10.0.0.1|Forwarded: for=203.0.113.7",
                "for=\"20\\3.0.113.7\";secret=\"a,b;c\\\"d\""
            })
    void forwarded_throughProxies_namesTheClient(String line) {
        assertThat(address("Forwarded: " + line)).isEqualTo("203.0.113.7");
    }

    @Test
    void forwarded_ipv6_isReadWithBracketsAndPort() {
        assertThat(address("Forwarded: for=\"[2001:db8::7]:4711\", for=\"[fd00::1]\""))
                .isEqualTo("2001:db8:0:0:0:0:0:7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=unknown",
                "for=_SEVKISEK",
                "for=\"_hidden:_port\"",
                "for=1.2.3.4, for=unknown",
                "for=1.2.3.4;x=\", for=203.0.113.7",
                "for=1.2.3.4;x=\", for=\"203.0.113.7\"",
                "for=1.2.3.4;for=5.6.7.8",
                "for=1.2.3.4 for=5.6.7.8",
                "for",
                "=",
                ";",
                ",,",
                "for=",
                "for=[",
                "for=\"[]\"",
                "for=\"[::1\"",
                "for=\"\\",
                "for=999.1.1.1",
                "\u00fc=\u20ac"
            })
    void forwarded_unknownOrMalformed_leavesTheProxy(String line) {
        assertThat(seen(PROXY, headers("Forwarded: " + line))).isEqualTo(direct(PROXY));
    }

    @Test
    void headers_ofGreatLength_doNotThrow() {
        String quoted = "for=\"" + "\\a".repeat(3000) + "\"";
        assertThat(seen(PROXY, headers("Forwarded: " + quoted))).isEqualTo(direct(PROXY));
        assertThat(seen(PROXY, headers("X-Forwarded-For: " + ":".repeat(6000)))).isEqualTo(direct(PROXY));
        assertThat(seen(PROXY, headers("X-Forwarded-For: " + "1.2.3.4,".repeat(700) + "203.0.113.7")))
                .isEqualTo(direct("203.0.113.7"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            X-Forwarded-Proto: https                                                                ! https
            X-Forwarded-Proto: WSS                                                                  ! https
            X-Forwarded-Proto: gopher                                                               ! http
            X-Forwarded-Proto: https, http                                                          ! http
            X-Forwarded-For: 203.0.113.7 | X-Forwarded-Proto: https                                 ! https
            X-Forwarded-For: 1.2.3.4, 203.0.113.7 | X-Forwarded-Proto: https, http                  ! http
            X-Forwarded-For: 1.2.3.4, 203.0.113.7 | X-Forwarded-Proto: http                         ! http
            X-Forwarded-For: 203.0.113.7, 10.0.0.2 | X-Forwarded-Proto: https, http                 ! https
            Forwarded: for=203.0.113.7;proto=https, for=10.0.0.2;proto=http                       ! https
            Forwarded: for=1.2.3.4;proto=https, for=203.0.113.7;proto=http                        ! http
            Forwarded: proto=https                                                                ! https
            X-Forwarded-For: 203.0.113.7 | Forwarded: for=203.0.113.7;proto=https                 ! http
            """, quoteCharacter = '\'')
    void secure_isWhatTheOutermostTrustedProxySaw(String lines, String scheme) {
        assertThat(seen(PROXY, headers(lines)).split(" ", -1)[1]).isEqualTo(scheme);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            X-Forwarded-Host: chat.example        ; chat.example
            X-Forwarded-Host: chat.example:8443   ; chat.example:8443
            X-Forwarded-Host: a.example, b.example; b.example
            Forwarded: host="chat.example:8443"   ; chat.example:8443
            """, quoteCharacter = '\'')
    void host_isTheForwardedOne(String lines, String host) {
        assertThat(seen(PROXY, headers(lines)).split(" ", -1)[2]).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bad host", "a:b:c", "a/b", ":8443", "a:99999999999", "[::1"})
    void host_malformed_isIgnored(String host) {
        assertThat(seen(PROXY, headers("X-Forwarded-Host: " + host))).isEqualTo(direct(PROXY));
    }

    @Test
    void origin_ofTheForwardedHostAndScheme_isOwn() {
        String forwarded = "X-Forwarded-Proto: https|X-Forwarded-Host: chat.example";

        assertThat(seen(PROXY, headers(forwarded + "|Origin: https://chat.example")))
                .doesNotEndWith("foreign");
        assertThat(seen(PROXY, headers(forwarded + "|Origin: http://chat.example")))
                .endsWith("foreign");
        assertThat(seen(PROXY, headers(forwarded + "|Origin: http://127.0.0.1:" + server.actualPort())))
                .endsWith("foreign");
        assertThat(seen(STRANGER, headers(forwarded + "|Origin: https://chat.example")))
                .endsWith("foreign");
    }
}
