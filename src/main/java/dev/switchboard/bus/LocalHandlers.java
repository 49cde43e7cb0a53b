package dev.switchboard.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import java.util.List;

/** The handler instances of this node. What one thread hands to one of them arrives in the order handed. */
public final class LocalHandlers {
    private static final String FLUSH = "flush";

    /** Events that cross to the instance together, which takes their list for its own. */
    private record Batch(List<EventMessage> events) {}

    private final Vertx vertx;
    private final DeliveryOptions options;

    public LocalHandlers(Vertx vertx) {
        this.vertx = vertx;
        this.options = LocalCodec.options(vertx);
    }

    /** Lets an instance take events, on the context of the caller. */
    public MessageConsumer<Object> register(String instance, Handler<List<EventMessage>> handler) {
        // Credits bound what can wait: a window for each socket. Vert.x would drop messages beyond its own bound.
        MessageConsumerOptions unbounded = new MessageConsumerOptions()
                .setAddress(Addresses.handler(instance))
                .setLocalOnly(true)
                .setMaxBufferedMessages(Integer.MAX_VALUE);
        return vertx.eventBus().consumer(unbounded, message -> {
            if (message.body() instanceof Batch batch) {
                handler.handle(batch.events());
            } else {
                message.reply(null);
            }
        });
    }

    /** Hands events to an instance: in the order of the list, which nobody changes any more. */
    public void hand(String instance, List<EventMessage> events) {
        vertx.eventBus().send(Addresses.handler(instance), new Batch(events), options);
    }

    /** Succeeds when an instance has taken all events that were handed to it before. */
    public Future<Void> flush(String instance) {
        return vertx.eventBus()
                .request(Addresses.handler(instance), FLUSH, options)
                .mapEmpty();
    }
}
