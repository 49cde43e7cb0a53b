package dev.switchboard.client;

import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What was asked and is not answered yet, in the order in which it was sent. On the client's context. */
final class Asks {
    static final String AUTH = "auth";

    private final Vertx vertx;
    private final Map<Long, Outgoing> underWay = new LinkedHashMap<>();
    private long lastId;
    private long bytes;

    Asks(Vertx vertx) {
        this.vertx = vertx;
    }

    int size() {
        return underWay.size();
    }

    long bytes() {
        return bytes;
    }

    /** It is about to be sent: gives it the next number, so that numbers rise in the order of sending. */
    void number(Outgoing ask) {
        ask.id = ++lastId;
        underWay.put(ask.id, ask);
        bytes += ask.size();
    }

    void answered(JsonObject message) {
        Outgoing ask = message.getValue("ack") instanceof Number id ? remove(id.longValue()) : null;
        if (ask == null) {
            return;
        }
        if (message.getValue("error") instanceof JsonObject error) {
            ask.done.tryFail(failure(error));
        } else {
            ask.done.tryComplete(message.containsKey("data") ? Payload.of(message.getValue("data")) : Payload.absent());
        }
    }

    private static EventException failure(JsonObject error) {
        return Failure.parse(error.encode()).exception();
    }

    /** It is too late for an answer. */
    void expire(Outgoing ask) {
        remove(ask.id);
        ask.fail("TIMEOUT", "No answer to \"" + ask.event + "\" in time", false);
    }

    private @Nullable Outgoing remove(long id) {
        Outgoing ask = underWay.remove(id);
        if (ask != null) {
            vertx.cancelTimer(ask.timer);
            bytes -= ask.size();
        }
        return ask;
    }

    /** What is sent again by a socket that is what it was. */
    List<String> again() {
        return underWay.values().stream().map(Outgoing::text).toList();
    }

    /** Whether what was asked has run, nobody knows. */
    void forsakeAll() {
        forsake(ask -> true);
    }

    /** A fresh token goes with each new connection anyway. */
    void forsakeTokens() {
        forsake(ask -> ask.event.equals(AUTH));
    }

    private void forsake(Predicate<Outgoing> which) {
        for (Outgoing ask : underWay.values().stream().filter(which).toList()) {
            remove(ask.id);
            ask.fail("DISCONNECTED", "The connection broke before the answer came", false);
        }
    }
}
