package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that speaks TLS by itself. */
@Timeout(60)
class TlsIT {
    private static final JsonObject NAMESPACES = new JsonObject("{\"/\": {\"auth\": \"none\"}}");

    @TempDir
    private static Path folder;

    private static Certificate certificate;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        certificate = Certificate.make(folder);
        server = TestServer.start(configuration(tls(certificate)));
        server.handle(on -> on.event(
                "where",
                (socket, data) ->
                        new JsonObject().put("secure", socket.handshake().secure())));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static JsonObject tls(Certificate own) {
        return new JsonObject()
                .put("certificate", own.pem().toString())
                .put("key", own.key().toString());
    }

    private static JsonObject configuration(JsonObject tls) {
        return new JsonObject().put("http", new JsonObject().put("tls", tls)).put("namespaces", NAMESPACES);
    }

    /** The server as clients have to know it. */
    private record Secure(TestServer server) implements Nodes {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Optional<Certificate> certificate() {
            return Optional.of(certificate);
        }
    }

    private static HttpResponse<String> request(SSLContext context, HttpRequest.Builder request) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(TestServer at, String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + at.port() + path));
    }

    @ParameterizedTest
    @EnumSource
    void client_overAnyTransport_isServedAndSecure(Transport transport) {
        try (Clients clients = new Clients(new Secure(server), transport)) {
            TestClient client = clients.open();

            assertThat(client.answer("where", null)).isEqualTo(new JsonObject().put("secure", true));
        }
    }

    @Test
    void page_isServedForThisOriginAndNeverWithoutTls() throws Exception {
        HttpResponse<String> page = request(certificate.trust(), to(server, "/"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("name=\"page-token\" content=\"ey");
        assertThat(page.headers().firstValue("strict-transport-security")).contains("max-age=31536000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "http"})
    void token_isForPagesOfTheSecureOrigin(String scheme) throws Exception {
        HttpResponse<String> answer = request(
                certificate.trust(),
                to(server, "/token")
                        .header("Origin", scheme + "://127.0.0.1:" + server.port())
                        .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(scheme.equals("https") ? 200 : 403);
    }

    @Test
    void request_withoutTls_getsNoAnswer() throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            plain.setSoTimeout(20_000);
            plain.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] all = plain.getInputStream().readAllBytes();

            assertThat(new String(all, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void version_ofToday_isSpoken(String version) throws IOException {
        assertThat(handshake(certificate.trust(), server.port(), version)).isEqualTo(version);
    }

    /** The JDK has these switched off; a client that has not is what this is about. */
    @Test
    void version_thatIsBroken_isRefused() throws IOException {
        try (Socket old = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            old.setSoTimeout(20_000);
            old.getOutputStream().write(helloOfTls11());
            InputStream in = old.getInputStream();

            assertThat(in.read()).as("an alert").isEqualTo(21);
            byte[] rest = in.readNBytes(6);
            assertThat(rest[5]).as("protocol_version").isEqualTo((byte) 70);
        }
    }

    /** A ClientHello, RFC 4346 section 7.4.1.2, with one suite that every version has. */
    private static byte[] helloOfTls11() {
        byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
        byte[] head = {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2};
        System.arraycopy(head, 0, hello, 0, head.length);
        byte[] tail = {0, 0, 2, (byte) 0xC0, 0x0A, 1, 0};
        System.arraycopy(tail, 0, hello, hello.length - tail.length, tail.length);
        return hello;
    }

    /** The version that both sides speak. */
    private static String handshake(SSLContext context, int port, String... versions) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            if (versions.length > 0) {
                socket.setEnabledProtocols(versions);
            }
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    // ---- renewal

    @Test
    void certificate_renewed_isShownToNewConnectionsAndOldOnesStay() throws Exception {
        Path live = Files.createDirectory(folder.resolve("live"));
        Certificate first = Certificate.make(live);
        Certificate next = Certificate.make(Files.createDirectory(folder.resolve("next")));
        try (TestServer renewed = TestServer.start(configuration(tls(first)));
                SSLSocket open = (SSLSocket) first.trust()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), renewed.port())) {
            open.startHandshake();
            assertThat(shown(renewed)).isEqualTo(of(first.pem()));

            // The one before the other: for a while they do not fit, and the former pair stays.
            Files.copy(next.key(), first.key(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(next.pem(), first.pem(), StandardCopyOption.REPLACE_EXISTING);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(shown(renewed)).isEqualTo(of(next.pem())));
            open.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(open.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200 OK");
        }
    }

    private static X509Certificate of(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate)
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static java.security.cert.Certificate shown(TestServer at) throws Exception {
        SSLContext any = SSLContext.getInstance("TLS");
        any.init(null, new TrustManager[] {new Credulous()}, null);
        try (SSLSocket socket =
                (SSLSocket) any.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), at.port())) {
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    // ---- clients with certificates

    @Test
    void client_withoutTheCertificateThatIsAsked_getsNothing() throws Exception {
        Certificate known = Certificate.make(Files.createDirectory(folder.resolve("known")));
        Certificate unknown = Certificate.make(Files.createDirectory(folder.resolve("unknown")));
        JsonObject asking = tls(certificate).put("trust", known.pem().toString());
        try (TestServer closed = TestServer.start(configuration(asking))) {
            assertThatThrownBy(() -> request(certificate.trust(), to(closed, "/health/live")))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> request(showing(unknown), to(closed, "/health/live")))
                    .isInstanceOf(IOException.class);
            assertThat(request(showing(known), to(closed, "/health/live")).statusCode())
                    .isEqualTo(200);
        }
    }

    private static SSLContext showing(Certificate own) throws Exception {
        KeyStore store =
                KeyStore.getInstance(own.pem().resolveSibling("certificate.p12").toFile(), "password".toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new Credulous()}, null);
        return context;
    }
}
