package dev.switchboard.cluster;

import dev.switchboard.bus.HubAnswer;
import dev.switchboard.bus.Outcome;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What other nodes have been asked and not answered yet. From any thread. */
final class Questions {
    private record Question(String node, long deadline, Promise<List<HubAnswer>> answer) {}

    private final VertxInternal vertx;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Question> open = new ConcurrentHashMap<>();

    Questions(VertxInternal vertx) {
        this.vertx = vertx;
    }

    /**
     * Asks a node; none answer when it is lost meanwhile. The Future completes on the context of the caller.
     *
     * @param limitMillis after which the Future fails with {@code NODE_TIMEOUT}
     * @param question made with the id that its answer will bear
     */
    Future<List<HubAnswer>> ask(Peer peer, long limitMillis, LongFunction<Parcel> question) {
        long id = ids.incrementAndGet();
        Promise<List<HubAnswer>> answer = vertx.getOrCreateContext().promise();
        open.put(id, new Question(peer.id(), now() + limitMillis, answer));
        peer.link().post(Parcels.encode(question.apply(id)));
        if (peer.link().isClosed()) {
            lost(peer.id());
        }
        return answer.future();
    }

    /** Asks the code of a node that answers to a name; fails as well when the node is lost meanwhile. */
    Future<Outcome> ask(Peer peer, String name, Payload data, @Nullable TraceContext trace, long limitMillis) {
        return ask(peer, limitMillis, id -> new Parcel.Question(id, name, data, limitMillis, trace))
                .compose(said -> !said.isEmpty() && said.get(0) instanceof HubAnswer.Done done
                        ? Future.succeededFuture(done.outcome())
                        : lost());
    }

    static Future<Outcome> lost() {
        return Future.failedFuture(ErrorCode.NODE_TIMEOUT.failure().exception());
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    void answered(Parcel.Answer answer) {
        Question question = open.remove(answer.id());
        if (question != null) {
            Failure failure = answer.failure();
            if (failure == null) {
                question.answer.tryComplete(answer.answers());
            } else {
                question.answer.tryFail(failure.exception());
            }
        }
    }

    /** A node is lost: it has nothing to say. */
    void lost(String node) {
        open.forEach((id, question) -> {
            if (question.node.equals(node) && open.remove(id, question)) {
                question.answer.tryComplete(List.of());
            }
        });
    }

    /** Ends what has waited too long; called every now and then. */
    void sweep() {
        long now = now();
        open.forEach((id, question) -> {
            if (question.deadline < now && open.remove(id, question)) {
                question.answer.tryFail(ErrorCode.NODE_TIMEOUT.failure().exception());
            }
        });
    }
}
