package dev.switchboard.http;

import dev.switchboard.config.HttpLimits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts off who holds a connection and does not use it, whatever the path: a head or a body that comes too slowly, an
 * answer that is not taken, a connection on which nothing is said. An answer that the server owes, as to a long poll,
 * has all the time that it needs, and a connection that was upgraded is not its concern any more.
 *
 * <p>One timer looks at all connections of an event loop, so a limit is kept to within a quarter of the shortest. Lives
 * on that event loop.
 */
final class SlowClients {
    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

    /** So much in each time limit is fast enough. */
    private static final long PORTION = 64 * 1024;

    private static final long SLOWEST_TICK = 1_000;

    private final long header;
    private final long body;
    private final long answer;
    private final long keepAlive;
    private final Map<HttpConnection, Line> lines = new HashMap<>();

    SlowClients(Vertx vertx, HttpLimits limits) {
        header = limits.headerTimeout().toMillis();
        body = limits.bodyTimeout().toMillis();
        answer = limits.answerTimeout().toMillis();
        keepAlive = limits.keepAlive().toMillis();
        long shortest = Stream.of(header, body, answer, keepAlive).reduce(4 * SLOWEST_TICK, Math::min);
        vertx.setPeriodic(shortest / 4, t -> look(now()));
    }

    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    /** A client has connected. */
    void connected(HttpConnection connection) {
        Traffic traffic = Traffic.count(
                ((HttpServerConnection) connection).channelHandlerContext(), () -> lines.remove(connection));
        lines.put(connection, new Line(traffic));
    }

    /** The head of a request has come, and it is this request's turn to be answered. */
    void requested(HttpServerRequest request) {
        Line line = lines.get(request.connection());
        if (line != null) {
            line.requested(request);
        }
    }

    private void look(long now) {
        for (Map.Entry<HttpConnection, Line> entry : List.copyOf(lines.entrySet())) {
            Line line = entry.getValue();
            if (line.traffic.isUpgraded()) {
                lines.remove(entry.getKey());
                line.traffic.end();
            } else {
                line.look(now);
            }
        }
    }

    /** One connection. */
    private final class Line {
        private final Traffic traffic;
        private @Nullable HttpServerRequest request;
        private int requests;

        /** Whether a head is on its way; the first one from the beginning on. */
        private boolean heading = true;

        /** Since when a head is on its way, or the connection has been idle. */
        private long since = now();

        private long readBefore;

        /** Since when the client has not taken what it must. */
        private long stalled = since;

        private long takenBefore;

        Line(Traffic traffic) {
            this.traffic = traffic;
        }

        void requested(HttpServerRequest next) {
            request = next;
            requests++;
        }

        void look(long now) {
            if (isStalled(now)) {
                cut("an answer is not taken");
            } else if (!traffic.isWhole()) {
                if (traffic.isReading(now) && now - traffic.begun() > body * (1 + traffic.body() / PORTION)) {
                    tell();
                    cut("a body is too slow");
                }
            } else if (request == null || request.response().ended()) {
                awaitHead(now);
            }
        }

        private boolean isStalled(long now) {
            long taken = traffic.taken();
            if (!traffic.isPending() || taken - takenBefore >= PORTION) {
                stalled = now;
                takenBefore = taken;
            }
            return now - stalled > answer;
        }

        /** Waits for the next head. */
        private void awaitHead(long now) {
            if (request != null) {
                request = null;
                heading = false;
                since = now;
                readBefore = traffic.read();
            } else if (!heading && traffic.read() > readBefore) {
                heading = true;
                since = now;
            }
            if (now - since > (heading ? header : keepAlive)) {
                cut(heading ? "a head is too slow" : "nothing is said");
            }
        }

        /** Says so, if it is this request's turn and its answer has not begun. */
        private void tell() {
            if (request != null && requests == traffic.heads()) {
                HttpServerResponse response = request.response();
                if (!response.headWritten() && !response.ended()) {
                    response.setStatusCode(408)
                            .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                            .end();
                }
            }
        }

        private void cut(String why) {
            LOG.debug("Cut off: {}", why);
            traffic.cut();
        }
    }
}
