package dev.switchboard.bus;

import dev.switchboard.token.User;
import dev.switchboard.wire.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Ids that stand beside the text of what is logged: fields of their own where logs are JSON. They are there while it is
 * logged, and no longer: only who logs something pays for them. For the thread that makes them.
 *
 * <pre>{@code
 * LogFields.of(socket).event("say").log(() -> LOG.error("A handler failed", cause));
 * }</pre>
 */
public final class LogFields {
    private final Map<String, String> fields = new LinkedHashMap<>();

    private LogFields() {}

    /** Those of a user; an anonymous one has none. */
    public static LogFields of(User user) {
        return new LogFields().with("user", user.id());
    }

    /** Those of a socket and its user. */
    public static LogFields of(SocketView socket) {
        return of(socket.namespace(), socket.id(), socket.user());
    }

    /** Those of a socket and its user. */
    public static LogFields of(String namespace, String socket, User user) {
        return of(user).with("namespace", namespace).with("socket", socket);
    }

    /** What the socket sent. */
    public LogFields event(String name) {
        return with("event", name);
    }

    /** Where it belongs, called as OpenTelemetry calls it; with null nothing is traced. */
    public LogFields in(@Nullable TraceContext trace) {
        return trace == null ? this : with("trace_id", trace.traceId()).with("span_id", trace.spanId());
    }

    private LogFields with(String field, String value) {
        if (!value.isEmpty()) {
            fields.put(field, value);
        }
        return this;
    }

    /** Runs what logs. What was there before, such as the application's own, is there again afterwards. */
    public void log(Runnable what) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        fields.forEach(MDC::put);
        try {
            what.run();
        } finally {
            MDC.setContextMap(before == null ? Map.of() : before);
        }
    }
}
