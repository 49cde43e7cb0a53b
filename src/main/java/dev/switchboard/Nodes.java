package dev.switchboard;

import dev.switchboard.bus.Answerers;
import dev.switchboard.bus.Answers;
import dev.switchboard.bus.Survey;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All nodes of the cluster, this one included, or this one alone where there is no cluster: code of each may answer to
 * names, and code of any may ask all.
 *
 * <pre>{@code
 * Nodes nodes = Nodes.of(vertx);
 * nodes.answer("load", data -> Runtime.getRuntime().freeMemory());
 * nodes.ask("load", null, Duration.ofSeconds(2)).onSuccess(all -> log.info("{}", all.answers()));
 * }</pre>
 *
 * <p>A node is every Vert.x that runs Switchboard, has a handler, or has called this. Immutable, for any thread.
 */
public final class Nodes {
    private final Answerers answerers;
    private final Survey survey;

    /** What a node answers. */
    @FunctionalInterface
    public interface Answerer {
        /**
         * Answers one question.
         *
         * @param data what was asked; JSON null when nothing was
         * @return null for no data, a value as {@link Payload#of} takes it, or a Future or CompletionStage of one
         * @throws Exception an {@link dev.switchboard.wire.EventException} is told with its code; of any other only that
         *     it failed ({@code HANDLER_FAILED})
         */
        @Nullable
        Object answer(Payload data) throws Exception;
    }

    private Nodes(Answerers answerers, Survey survey) {
        this.answerers = answerers;
        this.survey = survey;
    }

    public static Nodes of(Vertx vertx) {
        return new Nodes(new Answerers(vertx), new Survey(vertx));
    }

    /**
     * Answers for this node to a name, on the context of the caller. Where several answer to one name on one node, they
     * take turns.
     *
     * @param name the application's own, never a client's
     * @return to be unregistered when it is over; the end of the verticle that called does it, too
     */
    public MessageConsumer<?> answer(String name, Answerer answerer) {
        return answerers.add(name, data -> {
            try {
                return later(answerer.answer(data));
            } catch (Exception e) {
                return Future.failedFuture(e);
            }
        });
    }

    private static Future<Payload> later(@Nullable Object result) {
        if (result instanceof Future<?> later) {
            return later.map(Nodes::payload);
        }
        if (result instanceof CompletionStage<?> later) {
            return Future.fromCompletionStage(later).map(Nodes::payload);
        }
        return Future.succeededFuture(payload(result));
    }

    private static Payload payload(@Nullable Object value) {
        return value == null ? Payload.absent() : Payload.of(value);
    }

    /**
     * Asks all nodes. Each stands among the answers under its id (empty where there is no cluster): with data, or with a
     * failure. A node on which nothing answers to the name says so at once, with {@link ErrorCode#NO_HANDLER}: that is an
     * answer, too, since whether all nodes must have one is the asker's to say. {@link Answers#missing} are the nodes that did
     * not answer within the limit, or were lost meanwhile; what the others answered is kept.
     *
     * @param limit at most a day; the Future never fails, and completes half a second later at most
     */
    public Future<Answers> ask(String name, @Nullable Object data, Duration limit) {
        return survey.nodes(name, Payload.of(data), limit);
    }
}
