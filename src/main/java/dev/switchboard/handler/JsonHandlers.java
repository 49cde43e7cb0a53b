package dev.switchboard.handler;

import dev.switchboard.bus.Addresses;
import dev.switchboard.bus.Announcement;
import dev.switchboard.bus.EventMessage;
import dev.switchboard.bus.HandlerDirectory;
import dev.switchboard.bus.SocketView;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.LocalMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lets handlers in any language take part over JSON messages alone. A handler consumes an address of its own and sends
 * {@code {"address":…,"events":{"/":["a","b"]}}} to {@link Addresses#ANNOUNCE}; it then gets each event as a request
 * {@code {"event","data","socket":{"id","namespace","user","claims","attributes","handshake"}}} whose reply answers the client.
 * {@code {"address":…,"withdraw":true}} ends it. Order, acks, time limits and errors are those of every handler.
 *
 * <p>It serves the verticles of its own node; a second one on the same node does nothing.
 */
public final class JsonHandlers extends VerticleBase {
    private static final String SERVING = "here";

    private final Map<String, Lanes> lanes = new HashMap<>();
    private boolean serves;

    @Override
    public Future<?> start() {
        serves = contract().putIfAbsent(SERVING, true) == null;
        if (!serves) {
            return Future.succeededFuture();
        }
        vertx.eventBus().localConsumer(Addresses.VERBS, new JsonVerbs(vertx)::take);
        vertx.eventBus().localConsumer(Addresses.ANNOUNCE, this::announced);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        if (serves) {
            contract().remove(SERVING);
        }
        return Future.join(lanes.values().stream().map(Lanes::stop).toList());
    }

    private LocalMap<String, Boolean> contract() {
        return vertx.sharedData().getLocalMap("switchboard.contract");
    }

    private void announced(Message<JsonObject> message) {
        Future<Void> done;
        try {
            JsonObject body = message.body();
            String address = body.getString("address");
            if (address == null || address.isEmpty()) {
                throw new IllegalArgumentException("\"address\" is missing");
            }
            done = body.getBoolean("withdraw", false) ? withdraw(address) : announce(address, body);
        } catch (IllegalArgumentException e) {
            done = Future.failedFuture(e);
        } catch (ClassCastException | NullPointerException e) {
            done = Future.failedFuture(new IllegalArgumentException("a value has the wrong type"));
        }
        done.onSuccess(v -> message.reply(new JsonObject()))
                .onFailure(cause -> message.fail(400, "The announcement is not understood: " + cause.getMessage()));
    }

    private Future<Void> announce(String address, JsonObject body) {
        if (lanes.containsKey(address)) {
            throw new IllegalArgumentException("\"" + address + "\" is announced already");
        }
        Map<String, Set<String>> events = new HashMap<>();
        JsonObject given = body.getJsonObject("events", new JsonObject());
        for (String namespace : given.fieldNames()) {
            events.put(namespace, names(given.getJsonArray(namespace)));
        }
        String handler = body.getString("handler", address);
        Announcement self = new HandlerDirectory(vertx).announcement(handler, events);
        Lanes started = new Lanes(vertx, self, (event, attributes) -> handle(address, event));
        lanes.put(address, started);
        return started.start().onFailure(cause -> lanes.remove(address, started));
    }

    private static Set<String> names(JsonArray given) {
        Set<String> names = new HashSet<>();
        for (Object name : given) {
            names.add(EventNames.isLife((String) name) ? (String) name : EventNames.checked((String) name));
        }
        return names;
    }

    private Future<Void> withdraw(String address) {
        Lanes ended = lanes.remove(address);
        return ended == null ? Future.succeededFuture() : ended.stop();
    }

    private Future<Payload> handle(String address, EventMessage event) {
        DeliveryOptions limit =
                new DeliveryOptions().setSendTimeout(event.timeoutMillis()).setLocalOnly(true);
        return vertx.eventBus()
                .request(address, json(event), limit)
                .map(reply -> reply.body() == null ? Payload.absent() : Payload.of(reply.body()))
                .recover(cause -> Future.failedFuture(failure(address, cause)));
    }

    private EventException failure(String address, Throwable cause) {
        ReplyFailure type = cause instanceof ReplyException reply ? reply.failureType() : ReplyFailure.ERROR;
        return switch (type) {
            case TIMEOUT -> ErrorCode.HANDLER_TIMEOUT.failure().exception();
            case NO_HANDLERS -> {
                withdraw(address);
                yield ErrorCode.NO_HANDLER.failure().exception();
            }
            case RECIPIENT_FAILURE ->
                Failure.parse(String.valueOf(cause.getMessage())).exception();
            case ERROR -> ErrorCode.HANDLER_FAILED.failure().exception();
        };
    }

    private static JsonObject json(EventMessage event) {
        SocketView view = event.socket();
        JsonObject socket = new JsonObject()
                .put("id", view.id())
                .put("namespace", view.namespace())
                .put("user", JsonVerbs.user(view.user()))
                .put("claims", view.claims())
                .put("attributes", new JsonObject(new HashMap<>(event.attributes())))
                .put("handshake", view.handshake().json());
        JsonObject json = new JsonObject().put("event", event.event()).put("socket", socket);
        if (!event.data().isAbsent()) {
            json.put("data", event.data().value());
        }
        CloseReason reason = event.reason();
        return reason == null
                ? json
                : json.put("reason", new JsonObject().put("code", reason.code()).put("text", reason.text()));
    }
}
