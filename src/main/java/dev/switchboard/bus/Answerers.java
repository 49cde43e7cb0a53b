package dev.switchboard.bus;

import dev.switchboard.tracing.OpenSpan;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.tracing.TracingPolicy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of this node that answers what all nodes are asked by some name. For any thread. */
public final class Answerers {
    private static final Logger LOG = LoggerFactory.getLogger(Answerers.class);
    private static final int FAILED = 400;

    private final Vertx vertx;
    private final Questioning questions;

    public Answerers(Vertx vertx) {
        this.vertx = vertx;
        this.questions = new Questioning(vertx);
    }

    /** Answers to a name, on the context of the caller, until the consumer is unregistered. */
    public MessageConsumer<Object> add(String name, Function<Payload, Future<Payload>> answerer) {
        return vertx.eventBus().localConsumer(Addresses.answer(name), question -> answer(name, question, answerer));
    }

    private void answer(String name, Message<Object> question, Function<Payload, Future<Payload>> answerer) {
        Future<Payload> answer;
        try {
            answer = questions.within(question.headers(), () -> answerer.apply(Payload.of(question.body())));
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
     *
     * @param trace where the question belongs; null when it is not traced
     */
    public Future<Outcome> ask(String name, Payload data, @Nullable TraceContext trace, long limitMillis) {
        OpenSpan span = questions.answered(name, trace);
        return Questioning.ended(span, askNow(name, data, span, limitMillis), outcome -> outcome);
    }

    /** Whether it is the toolkit's own, and no application's. */
    static boolean isOwn(String name) {
        return name.startsWith("$");
    }

    private Future<Outcome> askNow(String name, Payload data, @Nullable OpenSpan answer, long limitMillis) {
        DeliveryOptions here = new DeliveryOptions()
                .setLocalOnly(true)
                .setSendTimeout(limitMillis)
                .setTracingPolicy(TracingPolicy.IGNORE);
        Questioning.mark(here, answer);
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
