package dev.switchboard.bus;

import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.shareddata.LocalMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The hubs of this node. What one thread sends to one hub arrives in the order sent, whichever method sent it, because
 * each hub has a single address.
 */
public final class LocalHubs {
    /** A hub answers at once unless its event loop is blocked. */
    public static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private static final String FLUSH = "flush";

    private static final long ON_ITS_WAY_MILLIS = 50;

    private final Vertx vertx;
    private final LocalMap<String, Boolean> hubs;
    /** Ids that the application gave to sockets of this node, and their hubs. */
    private final LocalMap<String, String> given;

    private final DeliveryOptions options;

    public LocalHubs(Vertx vertx) {
        this.vertx = vertx;
        this.hubs = vertx.sharedData().getLocalMap("switchboard.hubs");
        this.given = vertx.sharedData().getLocalMap("switchboard.ids");
        this.options = LocalCodec.options(vertx);
    }

    // ---- a hub's life

    /** Makes a hub known and lets it take messages, on the context of the caller. Before the hub has any socket. */
    public MessageConsumer<HubMessage> register(String hub, Handler<Message<HubMessage>> handler) {
        MessageConsumer<HubMessage> consumer = vertx.eventBus().localConsumer(Addresses.hub(hub), handler);
        hubs.put(hub, true);
        return consumer;
    }

    /** A hub ends its sockets; their last events still go to handlers. */
    public void stopping(String hub) {
        hubs.put(hub, false);
    }

    /** Whether some hub is ending its sockets. */
    public boolean isStopping() {
        return hubs.values().contains(false);
    }

    /** Forgets a hub: nobody sends to it any more; it still takes what is on its way. */
    public Future<Void> unregister(String hub, MessageConsumer<HubMessage> consumer) {
        hubs.remove(hub);
        return vertx.timer(ON_ITS_WAY_MILLIS, TimeUnit.MILLISECONDS).compose(t -> consumer.unregister());
    }

    /** Gives an id to a socket of this hub; false when another socket of this node has it. */
    public boolean give(Target socket, String hub) {
        return given.putIfAbsent(key(socket), hub) == null;
    }

    /** No socket has this id any more. */
    public void takeBack(Target socket) {
        given.remove(key(socket));
    }

    private static String key(Target socket) {
        return socket.namespace() + "\n" + socket.name();
    }

    // ---- messages

    /** Whether the hub that is meant, or any if all are, is of this node. */
    boolean isHere(HubMessage message) {
        return message.hub().isEmpty() || hubs.containsKey(hub(message));
    }

    /** The hub that is meant; an id that the application gave does not tell it. */
    private String hub(HubMessage message) {
        String hub = message.hub();
        if (hub.equals(SocketIds.NONE) && message instanceof HubMessage.Aimed aimed) {
            String known = given.get(key(aimed.target()));
            return known == null ? hub : known;
        }
        return hub;
    }

    /** Sends to the hub that is meant, or to all; false when that one is not here. */
    public boolean send(HubMessage message) {
        if (message.hub().isEmpty()) {
            for (String hub : hubs.keySet()) {
                send(hub, message);
            }
            return true;
        }
        String hub = hub(message);
        boolean here = hubs.containsKey(hub);
        if (here) {
            send(hub, message);
        }
        return here;
    }

    private void send(String hub, HubMessage message) {
        vertx.eventBus().send(Addresses.hub(hub), message, options);
    }

    /** Asks all hubs, or the one that is meant; fails when one does not answer at once. */
    public Future<List<HubAnswer>> ask(HubMessage message) {
        return ask(message, LIMIT_MILLIS);
    }

    /**
     * Asks all hubs, or the one that is meant. A hub that went away meanwhile has nothing to say.
     *
     * @return fails with {@code NO_SOCKET} when a single one is meant that is not here, and with {@code NODE_TIMEOUT} when
     *     one does not answer
     */
    public Future<List<HubAnswer>> ask(HubMessage message, long limitMillis) {
        if (!message.hub().isEmpty()) {
            return request(hub(message), message, limitMillis)
                    .recover(cause -> Future.failedFuture(isGone(cause) ? noSocket() : cause))
                    .map(List::of);
        }
        List<Future<HubAnswer>> answers = new ArrayList<>();
        for (String hub : hubs.keySet()) {
            answers.add(request(hub, message, limitMillis)
                    .recover(cause -> isGone(cause) ? Future.succeededFuture() : Future.failedFuture(cause)));
        }
        return Future.all(answers)
                .map(all ->
                        all.<HubAnswer>list().stream().filter(Objects::nonNull).toList());
    }

    /**
     * Asks as {@link #ask} does, but takes what there is: a hub that does not answer in time is told of among the answers,
     * by {@link HubAnswer.Done} with {@code NODE_TIMEOUT}.
     */
    public Future<List<HubAnswer>> askPatiently(HubMessage message, long limitMillis) {
        if (!message.hub().isEmpty()) {
            return ask(message, limitMillis);
        }
        List<Future<List<HubAnswer>>> answers = new ArrayList<>();
        for (String hub : hubs.keySet()) {
            answers.add(request(hub, message, limitMillis)
                    .map(List::of)
                    .otherwise(cause -> isGone(cause) ? List.of() : List.of(silent())));
        }
        return Future.all(answers)
                .map(all -> all.<List<HubAnswer>>list().stream()
                        .flatMap(List::stream)
                        .toList());
    }

    /** What stands for a hub that did not answer. */
    static HubAnswer silent() {
        return new HubAnswer.Done(Outcome.failed(ErrorCode.NODE_TIMEOUT));
    }

    private Future<HubAnswer> request(String hub, HubMessage message, long limitMillis) {
        DeliveryOptions limited = new DeliveryOptions(options).setSendTimeout(limitMillis);
        return vertx.eventBus()
                .<HubAnswer>request(Addresses.hub(hub), message, limited)
                .map(Message::body)
                .recover(cause -> Future.failedFuture(isLate(cause) ? late() : cause));
    }

    private static boolean isLate(Throwable cause) {
        return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
    }

    private static EventException late() {
        return ErrorCode.NODE_TIMEOUT.failure().exception();
    }

    private static boolean isGone(Throwable cause) {
        return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }

    static EventException noSocket() {
        return ErrorCode.NO_SOCKET.failure().exception();
    }

    /** Answers a message that a hub was asked. */
    public void reply(Message<HubMessage> message, HubAnswer answer) {
        message.reply(answer, options);
    }

    /**
     * Succeeds when a handler instance of this node, which must reply to anything that is no event, has taken all events
     * that were sent to it before.
     */
    public Future<Void> flush(String instance) {
        return vertx.eventBus()
                .request(Addresses.handler(instance), FLUSH, options)
                .mapEmpty();
    }

    /** Sends an event to a handler instance of this node. */
    public void hand(String instance, EventMessage event) {
        vertx.eventBus().send(Addresses.handler(instance), event, options);
    }
}
