package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official client in a browser, with all that only browsers do: CORS, {@code Blob}s, long polls of a page. */
class SocketIoBrowserIT {
    private static final Path PACKAGES = Path.of("src", "test", "js", "node_modules");

    /** What the page does; the transport in the end, the answers, and bytes there and back. */
    private static final String SCRIPT = """
            async ([url, token, transports]) => {
              const socket = io(url, { transports, forceNew: true, reconnection: false, auth: { token }, query: { token } });
              const next = (event) => new Promise((resolve) => socket.once(event, resolve));
              await new Promise((resolve, reject) => {
                socket.on('connect', resolve);
                socket.on('connect_error', reject);
                socket.on('error', reject);
              });
              const ask = (...args) => new Promise((resolve) => socket.emit(...args, resolve));
              const engine = socket.io.engine;
              const upgraded = transports.length > 1 && !(engine.transport.name === 'websocket')
                ? new Promise((resolve) => engine.once('upgrade', resolve)) : Promise.resolve();
              const before = [];
              for (let n = 0; n < 50; n++) before.push(ask('back', n));
              await upgraded;
              for (let n = 50; n < 100; n++) before.push(ask('back', n));
              const numbers = await Promise.all(before);
              const echoed = next('echoed');
              socket.emit('echo', { name: 'a', bytes: new Uint8Array([1, 2, 3]).buffer });
              const { name, bytes } = await echoed;
              const said = { name: await ask('who'), transport: engine.transport.name,
                order: numbers.every((number, n) => number === n), bytes: name + Array.from(new Uint8Array(bytes)) };
              socket.disconnect();
              return JSON.stringify(said);
            }
            """;

    private static TestServer server;
    private static TestServer site;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        Prerequisites.require(NodePuppet.missing());
        chromium = Chromium.launch();
        site = TestServer.open();
        server = TestServer.start(new JsonObject()
                .put("http", new JsonObject().put("allowedOrigins", List.of("http://127.0.0.1:" + site.port())))
                .put("namespaces", new JsonObject().put("/", new JsonObject())));
        server.handle(on -> on.event("who", (socket, data) -> socket.user().name())
                .event("back", (socket, data) -> data)
                .event("echo", (socket, data) -> socket.emit("echoed", data)));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            server.close();
            site.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "socket.io-client, polling, polling",
        "socket.io-client, websocket, websocket",
        "socket.io-client, polling websocket, websocket",
        "socket.io-client-2, polling, polling",
        "socket.io-client-2, websocket, websocket",
        "socket.io-client-2, polling websocket, websocket",
    })
    void page_ofAnotherOrigin_talks(String client, String transports, String last) {
        String file = client.endsWith("2") ? "socket.io.js" : "socket.io.min.js";
        try (Page page = chromium.profile(600, 400).newPage()) {
            page.navigate(site.url("/health/live"));
            page.addScriptTag(new Page.AddScriptTagOptions()
                    .setPath(PACKAGES.resolve(client).resolve("dist").resolve(file)));

            Object said =
                    page.evaluate(SCRIPT, List.of(server.url("/"), Tokens.of("ann"), List.of(transports.split(" "))));

            assertThat(new JsonObject(String.valueOf(said)).getMap())
                    .isEqualTo(Map.of("name", "Name of ann", "transport", last, "order", true, "bytes", "a1,2,3"));
        }
    }
}
