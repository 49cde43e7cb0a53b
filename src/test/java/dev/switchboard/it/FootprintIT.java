package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
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

    @AutoClose
    private final TestServer server = TestServer.open();

    /** Vert.x has more for each HTTP connection than a socket needs in all. */
    @ParameterizedTest
    @EnumSource(names = {"JDK_WEBSOCKET", "SOCKJS_WEBSOCKET", "SOCKETIO_WEBSOCKET"})
    void webSocket_keepsNothingOfItsRequest(Transport transport) throws JMException {
        try (Clients clients = new Clients(server, transport)) {
            for (int n = 0; n < SOCKETS; n++) {
                clients.connect("");
            }

            // The clients may keep a few connections for other requests.
            await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
                assertThat(living("io.vertx.core.http.impl.Http1xServerConnection"))
                        .isLessThan(SOCKETS / 2);
                assertThat(living("io.vertx.core.http.impl.Http1xServerRequest"))
                        .isLessThan(SOCKETS / 2);
                assertThat(living("io.vertx.core.http.impl.ServerWebSocketImpl"))
                        .isLessThan(SOCKETS / 2);
            });
            assertThat(living("dev.switchboard.socket.LiveSocket")).isGreaterThanOrEqualTo(SOCKETS);
        }
    }

    /** How many objects of a class there are after a collection. */
    private static int living(String type) throws JMException {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Matcher line = Pattern.compile("(\\d+)\\s+\\d+\\s+" + Pattern.quote(type) + "\\s")
                .matcher(histogram.toString());
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }
}
