package dev.switchboard;

import static java.util.Objects.requireNonNull;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.HandlerDirectory;
import dev.switchboard.bus.Passage;
import dev.switchboard.handler.Attributes;
import dev.switchboard.handler.Lanes;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A verticle that handles events of clients. Named in a configuration, it handles the events that are mapped to it; a
 * verticle that no configuration names announces all its events itself as soon as it is deployed, by whatever means, on
 * whichever node.
 *
 * <pre>{@code
 * public final class ChatHandler extends EventVerticle {
 *     @Override
 *     protected void events(Events on) {
 *         on.event("new message", (socket, data) -> socket.broadcast("new message", data));
 *         on.event("whisper", (socket, data) -> socket.toUser(data.string("to")).emit("whisper", data));
 *         on.event("rooms", (socket, data) -> socket.rooms());
 *     }
 * }
 * }</pre>
 *
 * <p>Events of one socket are handled one at a time in the order sent, whatever the number of instances; see {@link
 * EventHandler} for results and errors. Handlers run on the context of the verticle: a worker verticle may block, an
 * event-loop verticle may not. When the verticle is undeployed it takes no new events and finishes those that came.
 */
public abstract class EventVerticle extends VerticleBase {
    private static final int MOST_NAMESPACES = 1_000;

    private final Events events = new Events();
    private final Map<String, Namespace> namespaces = new HashMap<>();
    private @Nullable Lanes lanes;
    private @Nullable Visits visits;

    /** Says what is handled; called once, before {@link #starting}. */
    protected abstract void events(Events on);

    /** The namespace whose events it handles when no configuration maps it. */
    protected String namespaceName() {
        return "/";
    }

    /** What it is called when no configuration names it. */
    protected String handlerName() {
        return getClass().getName();
    }

    /** Prepares what handlers need; events come once the Future succeeded. */
    protected Future<?> starting() throws Exception {
        return Future.succeededFuture();
    }

    /** Cleans up, after the last event. */
    protected Future<?> stopping() throws Exception {
        return Future.succeededFuture();
    }

    /** The sockets of a namespace, for code that has no socket at hand. */
    protected final Namespace namespace(String name) {
        Namespace known = namespaces.get(name);
        if (known == null) {
            known = Namespace.of(vertx, name);
            // Those that fit a pattern come and go.
            if (namespaces.size() < MOST_NAMESPACES) {
                namespaces.put(name, known);
            }
        }
        return known;
    }

    @Override
    public final Future<?> start() throws Exception {
        events(events);
        Mapping mapping = Mapping.of(config(), handlerName());
        Map<String, Set<String>> handled = mapping.handled(events.names(), namespaceName());
        Announcement self =
                new HandlerDirectory(vertx).announcement(context.deploymentID(), mapping.handler(), handled);
        Lanes started = new Lanes(vertx, self, this::handle);
        lanes = started;
        visits = new Visits(context);
        return starting().compose(v -> started.start());
    }

    @Override
    public final Future<?> stop() throws Exception {
        Future<Void> drained = lanes == null ? Future.succeededFuture() : lanes.stop();
        return drained.compose(v -> {
            if (visits != null) {
                visits.end();
            }
            try {
                return stopping().mapEmpty();
            } catch (Exception e) {
                return Future.failedFuture(e);
            }
        });
    }

    private Future<?> handle(EventMessage event, Attributes attributes) {
        Socket socket =
                new Socket(event.socket(), attributes, namespace(event.socket().namespace()));
        Passage passage = event.passage();
        return passage == null ? handle(event, socket) : pass(event, passage, attributes, socket);
    }

    private Future<Payload> pass(EventMessage event, Passage passage, Attributes attributes, Socket socket) {
        Visits through = requireNonNull(visits);
        Packet packet = new Packet(event.event(), event.data());
        return switch (passage.point()) {
            case CONNECTION ->
                through.connection(
                        event,
                        passage,
                        attributes::see,
                        next -> later(() -> events.connection().handle(socket, next)));
            case PACKET ->
                through.packet(
                        event,
                        passage,
                        attributes::see,
                        packet,
                        next -> later(() -> events.packet().handle(socket, packet, next)));
            case BACK -> through.back(event, passage);
        };
    }

    private Future<?> handle(EventMessage event, Socket socket) {
        Events.Call call = events.find(event.event());
        if (call == null) {
            return Future.failedFuture(ErrorCode.UNKNOWN_EVENT.failure().exception());
        }
        CloseReason reason = event.reason();
        return later(() -> call.on(socket, event.data(), reason == null ? CloseReason.NORMAL : reason));
    }

    /** Handlers answer at once, later, or by an exception. */
    private static Future<?> later(Callable<@Nullable Object> handler) {
        try {
            Object result = handler.call();
            if (result instanceof Future<?> later) {
                return later;
            }
            return result instanceof CompletionStage<?> later
                    ? Future.fromCompletionStage(later)
                    : Future.succeededFuture(result);
        } catch (Exception | Error e) {
            return Future.failedFuture(e);
        }
    }
}
