package dev.switchboard.bus;

import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.shareddata.LocalMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The hubs of this node. What one thread sends to one hub arrives in the order sent, whichever method sent it, because
 * each hub has a single address.
 */
public final class LocalHubs {
    /** A hub answers at once unless its event loop is blocked. */
    public static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private static final long ON_ITS_WAY_MILLIS = 50;

    private final Vertx vertx;
    private final LocalMap<String, Inbox> hubs;
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

    /**
     * Makes a hub known and lets it take messages, on the context of the caller. Before the hub has any socket.
     *
     * @param most bytes of events for clients that may be on their way to all hubs of this node, each of which has its share
     * @param refused told, by any thread, when such an event is not taken
     */
    public MessageConsumer<Object> register(String hub, HubListener listener, long most, Runnable refused) {
        MessageConsumer<Object> consumer = vertx.eventBus().localConsumer(Addresses.hub(hub), message -> {
            if (message.body() instanceof Inbox.Batch batch) {
                listener.take(batch.take());
            } else {
                listener.take((HubMessage) message.body(), answer -> message.reply(answer, options));
            }
        });
        hubs.put(hub, new Inbox(most, refused, batch -> vertx.eventBus().send(Addresses.hub(hub), batch, options)));
        return consumer;
    }

    /** A hub ends its sockets; their last events still go to handlers. */
    public void stopping(String hub) {
        Inbox inbox = hubs.get(hub);
        if (inbox != null) {
            inbox.stop();
        }
    }

    /** Some hub of this node that is not ending; null when there is none. */
    @Nullable
    String any() {
        for (Map.Entry<String, Inbox> hub : hubs.entrySet()) {
            if (!hub.getValue().isStopping()) {
                return hub.getKey();
            }
        }
        return null;
    }

    /** Whether some hub is ending its sockets. */
    public boolean isStopping() {
        return hubs.values().stream().anyMatch(Inbox::isStopping);
    }

    /** Forgets a hub: nobody sends to it any more; it still takes what is on its way. */
    public Future<Void> unregister(String hub, MessageConsumer<?> consumer) {
        hubs.remove(hub);
        return vertx.timer(ON_ITS_WAY_MILLIS, TimeUnit.MILLISECONDS).compose(t -> consumer.unregister());
    }

    /** Gives an id to a socket of this hub; false when another socket of this node has it. */
    public boolean give(Target socket, String hub) {
        return given.putIfAbsent(key(socket), hub) == null;
    }

    /** An id belongs to a socket of this hub from now on, whoever had it before. */
    public void move(Target socket, String hub) {
        given.put(key(socket), hub);
    }

    /** No socket of this hub has this id any more. */
    public void takeBack(Target socket, String hub) {
        given.removeIfPresent(key(socket), hub);
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
        String hub = hub(message);
        return hub.isEmpty() || hubs.containsKey(hub);
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
        if (message instanceof HubMessage.Deliver deliver) {
            if (deliver.stamp() != null) {
                deliverToAll(deliver);
                return true;
            }
            return deliver(deliver) != Sent.ELSEWHERE;
        }
        String hub = hub(message);
        if (hub.isEmpty()) {
            hubs.values().forEach(inbox -> inbox.send(message));
            return true;
        }
        Inbox inbox = hubs.get(hub);
        if (inbox != null) {
            inbox.send(message);
        }
        return inbox != null;
    }

    /** What became of an event for clients. */
    enum Sent {
        TAKEN,
        /** Some hub has too much to deliver already, and goes without. */
        FULL,
        /** The hub that is meant is not here. */
        ELSEWHERE
    }

    /** Sends an event to the clients of the hub that is meant, or of all. */
    Sent deliver(HubMessage.Deliver deliver) {
        String hub = hub(deliver);
        if (!hub.isEmpty()) {
            Inbox inbox = hubs.get(hub);
            return inbox == null ? Sent.ELSEWHERE : deliver(inbox, deliver);
        }
        Sent sent = Sent.TAKEN;
        for (Inbox inbox : hubs.values()) {
            if (deliver(inbox, deliver) == Sent.FULL) {
                sent = Sent.FULL;
            }
        }
        return sent;
    }

    private Sent deliver(Inbox inbox, HubMessage.Deliver deliver) {
        return inbox.offer(deliver, hubs.size()) ? Sent.TAKEN : Sent.FULL;
    }

    /** Sends to all hubs an event that is kept, and that none of them is to miss. */
    void deliverToAll(HubMessage.Deliver deliver) {
        hubs.values().forEach(inbox -> inbox.force(deliver));
    }

    /** Whether some hub has too much to deliver already. */
    boolean isFull() {
        return hubs.values().stream().anyMatch(inbox -> inbox.isFull(hubs.size()));
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
        Future<Message<HubAnswer>> answer = vertx.eventBus().request(Addresses.hub(hub), message, limited);
        Inbox inbox = hubs.get(hub);
        if (inbox != null) {
            inbox.close();
        }
        return answer.map(Message::body).recover(cause -> Future.failedFuture(isLate(cause) ? late() : cause));
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
}
