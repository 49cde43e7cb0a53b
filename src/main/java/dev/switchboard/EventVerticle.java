package dev.switchboard;

import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.HandlerDirectory;
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
    private final Events events = new Events();
    private final Map<String, Namespace> namespaces = new HashMap<>();
    private @Nullable Lanes lanes;

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
        return namespaces.computeIfAbsent(name, n -> Namespace.of(vertx, n));
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
        return starting().compose(v -> started.start());
    }

    @Override
    public final Future<?> stop() throws Exception {
        Future<Void> drained = lanes == null ? Future.succeededFuture() : lanes.stop();
        return drained.compose(v -> {
            try {
                return stopping().mapEmpty();
            } catch (Exception e) {
                return Future.failedFuture(e);
            }
        });
    }

    private Future<Payload> handle(EventMessage event, Attributes attributes) {
        Events.Call call = events.find(event.event());
        if (call == null) {
            return Future.failedFuture(ErrorCode.UNKNOWN_EVENT.failure().exception());
        }
        CloseReason reason = event.reason();
        Socket socket =
                new Socket(event.socket(), attributes, namespace(event.socket().namespace()));
        try {
            return answer(call.on(socket, event.data(), reason == null ? CloseReason.NORMAL : reason));
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    private static Future<Payload> answer(@Nullable Object result) {
        if (result instanceof Future<?> later) {
            return later.map(EventVerticle::payload);
        }
        if (result instanceof CompletionStage<?> later) {
            return Future.fromCompletionStage(later).map(EventVerticle::payload);
        }
        return Future.succeededFuture(payload(result));
    }

    private static Payload payload(@Nullable Object value) {
        return value == null ? Payload.absent() : Payload.of(value);
    }
}
