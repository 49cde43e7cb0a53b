package dev.switchboard.cluster;

import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.SocketView;
import dev.switchboard.token.User;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.SessionId;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events for handlers as bytes; each writer stands beside its reader. */
final class EventMessages {
    private EventMessages() {}

    static void write(Out out, EventMessage event) {
        write(out, event.socket());
        out.map(event.attributes(), Out::json)
                .number(event.version())
                .text(event.event())
                .payload(event.data())
                .number(event.seq())
                .flag(event.answer())
                .number(event.inFlight())
                .number(event.timeoutMillis())
                .optional(event.reason(), Out::reason);
    }

    /** @param trace where it belongs, which has been read before it; null when nothing is traced */
    static EventMessage read(In in, @Nullable TraceContext trace) {
        return new EventMessage(
                socket(in),
                in.map(In::json),
                in.number(),
                in.text(),
                in.payload(),
                in.number(),
                in.flag(),
                in.integer(),
                in.number(),
                in.optional(In::reason),
                null,
                trace);
    }

    private static void write(Out out, SocketView socket) {
        out.text(socket.id()).text(socket.namespace()).user(socket.user()).json(socket.claims());
        write(out, socket.handshake());
        out.text(socket.key().equals(socket.id()) ? "" : socket.key());
    }

    private static SocketView socket(In in) {
        String id = in.text();
        String namespace = in.text();
        User user = in.user();
        JsonObject claims = in.object();
        Handshake handshake = handshake(in);
        String key = in.text();
        return new SocketView(id, namespace, user, claims, handshake, key.isEmpty() ? id : key);
    }

    private static void write(Out out, Handshake handshake) {
        out.text(handshake.path())
                .map(handshake.query(), Out::text)
                .map(handshake.headers(), Out::text)
                .text(handshake.address())
                .flag(handshake.secure())
                .instant(handshake.time())
                .optional(handshake.session().map(SessionId::value).orElse(null), Out::text);
    }

    private static Handshake handshake(In in) {
        return new Handshake(
                in.text(),
                in.map(In::text),
                in.map(In::text),
                in.text(),
                in.flag(),
                in.instant(),
                Optional.ofNullable(in.optional(In::text)).map(SessionId::new));
    }
}
