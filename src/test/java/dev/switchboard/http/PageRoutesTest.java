package dev.switchboard.http;

import static dev.switchboard.http.Site.await;
import static dev.switchboard.http.Site.error;
import static dev.switchboard.http.Site.meta;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRoutesTest {
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
    @ValueSource(strings = {"/", "/index.html", "/?a=b", "//", "/x/../", "/%69ndex.html"})
    void page_root_holdsAFreshToken(String path) {
        HttpResponse<String> answer = site.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("referrer-policy")).contains("strict-origin-when-cross-origin");
        assertThat(answer.headers().firstValue("permissions-policy")).isPresent();
        assertThat(answer.headers().firstValue("cross-origin-opener-policy")).contains("same-origin");
        assertThat(answer.headers().allValues("content-security-policy"))
                .singleElement()
                .asString()
                .contains("script-src 'self'", "frame-ancestors 'self'");
        assertThat(answer.headers().firstValue("strict-transport-security")).isEmpty();
        assertThat(await(site.tokens.verify(meta(answer))).user().name()).startsWith("Guest");
        assertThat(meta(site.get(path))).isNotEqualTo(meta(answer));
    }

    @Test
    void page_authenticatorRefuses_isServedWithoutToken() {
        site.authenticator(question -> question.fail(401, "Log in first"));

        assertThat(site.get("/").statusCode()).isEqualTo(200);
        assertThat(meta(site.get("/"))).isEmpty();
    }

    @Test
    void page_changed_isServedAsItIsNow() throws IOException {
        site.page("a/b c.html", "<p>one</p>");
        assertThat(site.get("/a/b%20c.html").body()).isEqualTo("<p>one</p>");
        site.page("a/b c.html", "<p>two</p><META name=\"page-token\"  content=\"\" />");
        assertThat(site.get("/a/b%20c.html").body())
                .startsWith("<p>two</p><META name=\"page-token\"  content=\"ey")
                .endsWith("\" />");
    }

    @Test
    void page_ofAFolder_isItsIndex() throws IOException {
        site.page("docs/index.html", "<p>docs</p>");

        assertThat(site.get("/docs/").body()).isEqualTo("<p>docs</p>");
        assertThat(site.get("/docs").headers().firstValue("location")).contains("/docs/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/switchboard.js", "/switchboard.mjs", "/switchboard.d.ts", "/switchboard.d.mts"})
    void client_isThereWithoutAFileOfThePages_whichIsTakenBeforeIt(String path) throws IOException {
        HttpResponse<String> shipped = site.get(path);
        assertThat(shipped.statusCode()).isEqualTo(200);
        assertThat(shipped.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(shipped.body()).isEqualTo(Files.readString(Path.of("webroot" + path)));
        assertThat(site.get("/lib" + path).statusCode()).isEqualTo(404);

        site.page(path.substring(1), "// another");
        assertThat(site.get(path).body()).isEqualTo("// another");
    }

    @Test
    void file_asked_isServedAndRevalidated() throws IOException {
        site.page("app.js", "one()");
        HttpResponse<String> first = site.get("/app.js");
        String modified = first.headers().firstValue("last-modified").orElseThrow();

        assertThat(first.body()).isEqualTo("one()");
        assertThat(first.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(first.headers().firstValue("content-type").orElseThrow()).startsWith("text/javascript");
        assertThat(first.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(site.send(site.request("/app.js").header("If-Modified-Since", modified))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void file_addedOrChangedLater_isServed() throws IOException {
        assertThat(site.get("/late.txt").statusCode()).isEqualTo(404);
        site.page("late.txt", "one");
        Awaitility.await()
                .untilAsserted(() -> assertThat(site.get("/late.txt").body()).isEqualTo("one"));
        site.page("late.txt", "other");
        Awaitility.await()
                .untilAsserted(() -> assertThat(site.get("/late.txt").body()).isEqualTo("other"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/absent",
                "/absent.html",
                "/absent/",
                "/.hidden",
                "/.git/config",
                "/a/.hidden.html",
                "/%2ehidden",
                "/..%2f..%2fetc%2fpasswd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..%5c..%5cetc",
                "/a%00.html",
                "/a%00.js",
                "/%0d%0aX: y",
                "/index.html/x"
            })
    void path_unknownOrForbidden_isNotFound(String path) throws IOException {
        site.page(".hidden", "secret");
        site.page("a/.hidden.html", "secret");
        HttpResponse<String> answer = site.get(path.replace(" ", "%20"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("secret", "root:");
    }

    @ParameterizedTest
    @CsvSource({
        "/%zz,400",
        "/?a=%zz,200",
        "/../../etc/passwd,404",
        "/..\\..\\etc,404",
        "/%,400",
        "*,404",
        "/%c3%28,404",
        "/index.html%20,404"
    })
    void path_malformed_isAnsweredWithoutAFault(String path, int status) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.server.getPort())) {
            socket.setSoTimeout(20_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("root:", "Exception");
        }
    }

    @Test
    void path_unknown_isJson() {
        HttpResponse<String> answer = site.get("/absent");

        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(error(answer).getString("code")).isEqualTo("NOT_FOUND");
        assertThat(site.send(site.request("/").POST(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"/,200", "/app.js,200", "/lib/sockjs.min.js,200", "/health/live,200", "/absent,404"})
    void head_anyPath_hasNoBody(String path, int status) throws IOException {
        site.page("app.js", "one()");
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpRequest.Builder head = site.request(path).version(version).method("HEAD", BodyPublishers.noBody());
            HttpResponse<String> answer = site.send(head);

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("content-length"))
                    .isEqualTo(site.get(path).headers().firstValue("content-length"));
        }
    }

    @Test
    void sockJsClient_asked_isServedAndRevalidated() {
        HttpResponse<String> answer = site.get(PageRoutes.SOCKJS_CLIENT);
        String tag = answer.headers().firstValue("etag").orElseThrow();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/javascript");
        assertThat(answer.body()).contains("SockJS");
        assertThat(site.send(site.request(PageRoutes.SOCKJS_CLIENT).header("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
    }
}
