package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Makes the clients of one test, and hangs up for them at its end. */
final class Clients implements AutoCloseable {
    private final Nodes server;
    private final Transport transport;
    private Map<String, String> headers = Map.of();
    private final Queue<TestClient> clients = new ConcurrentLinkedQueue<>();

    /** @param transport what clients use unless a test says otherwise */
    Clients(Nodes server, Transport transport) {
        this.server = server;
        this.transport = transport;
    }

    /** From now on clients are of a page of the server and have a cookie; empty for none. */
    void visit(String cookie) {
        headers = cookie.isEmpty() ? Map.of() : Map.of("Cookie", cookie);
        if (transport.isForBrowsers()) {
            require(BrowserPuppet.missing());
            BrowserPuppet.cookie(cookie);
        }
    }

    /** A client whose socket in {@code /} is open. */
    TestClient open() {
        return open("/", "");
    }

    /** A client whose socket in {@code /} is open, with a token of this user. */
    TestClient openAs(String user) {
        return open("/", query("token", Tokens.of(user)));
    }

    /** A client at each node, whose sockets in {@code /} are open, with a token of this user. */
    List<TestClient> openEverywhereAs(String user) {
        return IntStream.range(0, server.nodes()).mapToObj(n -> openAs(user)).toList();
    }

    TestClient open(String namespace, String query) {
        TestClient client = connect(transport, namespace, query);
        client.next("open");
        return client;
    }

    /** A client that is connected, or refused. */
    TestClient connect(String query) {
        return connect(transport, "/", query);
    }

    TestClient connect(Transport over, String namespace, String query) {
        TestClient client = dial(over, namespace, query);
        String name = client.awaitConnected();
        if (!client.isClosed() && over.isSockJs()) {
            assertThat(name).isEqualTo(over.sockJs());
        }
        return client;
    }

    /** A client that is about to connect. */
    TestClient dial(Transport over, String namespace, String query) {
        TestClient client = new TestClient(over);
        // A page in a browser is of the first node, and has to speak to where it came from.
        int port = over.isForBrowsers() ? server.port() : server.nextPort();
        client.speaksOver(line(over, over.url(server.certificate().isPresent(), port, namespace, query), client));
        clients.add(client);
        return client;
    }

    private Line line(Transport over, String url, TestClient client) {
        if (over == Transport.JDK_WEBSOCKET) {
            return new JdkWebSocketLine(server.certificate(), url, headers(url), client);
        }
        if (over.isForBrowsers()) {
            require(BrowserPuppet.missing());
            return BrowserPuppet.shared(URI.create(url)).open(over, url, Map.of(), client);
        }
        require(NodePuppet.missing());
        return server.certificate()
                .map(NodePuppet::trusting)
                .orElseGet(NodePuppet::shared)
                .open(over, url, headers(url), client);
    }

    private Map<String, String> headers(String url) {
        if (headers.isEmpty()) {
            return headers;
        }
        Map<String, String> all = new HashMap<>(headers);
        all.put("Origin", "http://" + URI.create(url).getAuthority());
        return all;
    }

    /** A machine that checks changes has everything; elsewhere what is missing is left out. */
    private static void require(String missing) {
        if (!missing.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail(missing);
        }
        assumeTrue(missing.isEmpty(), missing);
    }

    static String query(String key, String value) {
        return "?" + key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        clients.forEach(TestClient::hangUp);
    }
}
