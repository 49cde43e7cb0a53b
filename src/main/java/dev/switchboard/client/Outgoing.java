package dev.switchboard.client;

import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Promise;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An event on its way to the server. On the client's context. */
final class Outgoing {
    /** Bytes around name and data: the keys and the longest number. */
    private static final int ENVELOPE = 40;

    final String event;
    final boolean asks;

    /** Of an ask, the answer; else that it was handed to a connection. */
    final Promise<Payload> done;

    private final String name;
    private final byte[] data;

    /** Members of the message that say which trace it belongs to, a comma before each. */
    private final String trace;

    /** Its number, once it was sent and if it asks; else 0. */
    long id;

    long timer = -1;

    Outgoing(String event, Payload data, boolean asks, @Nullable TraceContext trace, Promise<Payload> done) {
        this.event = event;
        this.name = Json.encode(event);
        this.data = data.isAbsent() ? new byte[0] : data.json();
        this.asks = asks;
        this.trace = trace == null ? "" : members(trace);
        this.done = done;
    }

    private static String members(TraceContext trace) {
        String state = trace.state().isEmpty() ? "" : ",\"tracestate\":" + Json.encode(trace.state());
        return ",\"traceparent\":" + Json.encode(trace.parent()) + state;
    }

    /** Bytes that it takes on the wire, at most. */
    int size() {
        return data.length + (name + trace).getBytes(StandardCharsets.UTF_8).length + ENVELOPE;
    }

    String text() {
        StringBuilder text = new StringBuilder("{\"event\":").append(name);
        if (data.length > 0) {
            text.append(",\"data\":").append(new String(data, StandardCharsets.UTF_8));
        }
        if (id > 0) {
            text.append(",\"id\":").append(id);
        }
        return text.append(trace).append('}').toString();
    }

    void fail(String code, String message, boolean retry) {
        done.tryFail(new EventException(code, message, retry));
    }
}
