package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sockets that do nothing keep in memory. */
class FootprintIT {
    private static final int SOCKETS = 20;

    private static final List<String> OF_A_REQUEST = List.of(
            "io.vertx.core.http.impl.Http1xServerConnection",
            "io.vertx.core.http.impl.Http1xServerRequest",
            "io.vertx.core.http.impl.ServerWebSocketImpl");

    @AutoClose
    private final TestServer server = TestServer.open();

    /** Vert.x has more for each HTTP connection than a socket needs in all. */
    @ParameterizedTest
    @EnumSource(names = {"JDK_WEBSOCKET", "SOCKJS_WEBSOCKET", "SOCKETIO_WEBSOCKET"})
    void webSocket_keepsNothingOfItsRequest(Transport transport) {
        try (Clients clients = new Clients(server, transport)) {
            Map<String, Integer> before = new HashMap<>();
            OF_A_REQUEST.forEach(type -> before.put(type, living(type)));
            for (int n = 0; n < SOCKETS; n++) {
                clients.connect("");
            }

            // The clients may keep a few connections for other requests.
            await().atMost(Inbox.DEADLINE)
                    .untilAsserted(() -> assertThat(OF_A_REQUEST)
                            .allSatisfy(type ->
                                    assertThat(living(type) - before.get(type)).isLessThan(SOCKETS / 2)));
        }
    }

    /** How many objects of a class there are after a collection. */
    private static int living(String type) {
        Matcher line = Pattern.compile("(\\d+)\\s+\\d+\\s+" + Pattern.quote(type) + "\\s")
                .matcher(histogram());
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }

    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException fault) {
            throw new AssertionError(fault);
        }
    }
}
