package dev.switchboard.bus;

import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of this node that answers what all nodes are asked by some name. For any thread. */
public final class Answerers {
    private static final Logger LOG = LoggerFactory.getLogger(Answerers.class);
    private static final int FAILED = 400;

    private final Vertx vertx;

    public Answerers(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Answers to a name, on the context of the caller, until the consumer is unregistered. */
    public MessageConsumer<Object> add(String name, Function<Payload, Future<Payload>> answerer) {
        return vertx.eventBus().localConsumer(Addresses.answer(name), question -> answer(name, question, answerer));
    }

    private static void answer(String name, Message<Object> question, Function<Payload, Future<Payload>> answerer) {
        Future<Payload> answer;
        try {
            answer = answerer.apply(Payload.of(question.body()));
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        answer.onSuccess(data -> question.reply(data.value())).onFailure(cause -> {
            if (!(cause instanceof EventException)) {
                LOG.error("What answers to \"{}\" failed", name, cause);
            }
            Failure failure = Outcome.failed(cause).failure();
            question.fail(FAILED, failure == null ? "" : failure.json().encode());
        });
    }

    /**
     * Asks this node. Never fails: without an answerer the outcome is {@code NO_HANDLER}, and {@code HANDLER_TIMEOUT}
     * when it does not answer in time.
     */
    public Future<Outcome> ask(String name, Payload data, long limitMillis) {
        DeliveryOptions here = new DeliveryOptions().setLocalOnly(true).setSendTimeout(limitMillis);
        return vertx.eventBus()
                .request(Addresses.answer(name), data.value(), here)
                .map(reply -> reply.body() == null ? Outcome.DONE : Outcome.of(Payload.of(reply.body())))
                .otherwise(cause -> Outcome.failed(failure(cause)));
    }

    private static Failure failure(Throwable cause) {
        if (!(cause instanceof ReplyException reply)) {
            return ErrorCode.HANDLER_FAILED.failure();
        }
        return switch (reply.failureType()) {
            case NO_HANDLERS -> ErrorCode.NO_HANDLER.failure("Nothing on this node answers to this name");
            case TIMEOUT -> ErrorCode.HANDLER_TIMEOUT.failure();
            case RECIPIENT_FAILURE -> Failure.parse(String.valueOf(reply.getMessage()));
            case ERROR -> ErrorCode.HANDLER_FAILED.failure();
        };
    }
}
