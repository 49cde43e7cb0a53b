package dev.switchboard.bus;

import dev.switchboard.tracing.OpenSpan;
import dev.switchboard.tracing.Spans;
import dev.switchboard.tracing.Tracing;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Spans of what is asked: of clients, and of nodes, which have one more for each that answers. For any thread. */
public final class Questioning {
    private static final String TRACE = "traceparent";
    private static final String TRACE_STATE = "tracestate";

    private final Tracing tracing;

    public Questioning(Vertx vertx) {
        this.tracing = Tracing.of(vertx);
    }

    /** A question to clients sets out; null while nothing is traced. */
    @Nullable
    OpenSpan ofClients(Target target, String event) {
        Spans spans = tracing.spans();
        return spans == null ? null : spans.asked(target.namespace(), event, word(target));
    }

    /** Hubs, of whatever nodes, are asked something of their own; null while nothing is traced. */
    @Nullable
    OpenSpan ofHubs(HubMessage.Aimed question) {
        Spans spans = tracing.spans();
        Target target = question.target();
        return spans == null ? null : spans.askedNodes(word(question), target.namespace(), word(target));
    }

    /** All nodes are asked by a name; null while nothing is traced, and for what the toolkit itself asks all the time. */
    @Nullable
    OpenSpan ofNodes(String name) {
        Spans spans = tracing.spans();
        return spans == null || Answerers.isOwn(name) ? null : spans.askedNodes("ask nodes " + name, "", "nodes");
    }

    /** Hubs of this node answer another one; with a span, if the question has one. */
    public Future<List<HubAnswer>> answer(
            HubMessage question, @Nullable TraceContext from, Supplier<Future<List<HubAnswer>>> answer) {
        Spans spans = from == null ? null : tracing.spans();
        if (spans == null || from == null || !(question instanceof HubMessage.Aimed aimed)) {
            return answer.get();
        }
        OpenSpan span = spans.answered(word(aimed), aimed.target().namespace(), from);
        return ended(span, answer.get(), Hubs::outcome);
    }

    /** Code of this node answers to a name; null when the question has no span, or nothing is traced here. */
    @Nullable
    OpenSpan answered(String name, @Nullable TraceContext from) {
        Spans spans = from == null ? null : tracing.spans();
        return spans == null || from == null ? null : spans.answered(name, "", from);
    }

    /** Says to which span an answer belongs. */
    static void mark(DeliveryOptions question, @Nullable OpenSpan answer) {
        if (answer != null) {
            TraceContext trace = answer.context();
            question.addHeader(TRACE, trace.parent()).addHeader(TRACE_STATE, trace.state());
        }
    }

    /** Runs what answers within the span that the question is marked with. */
    <T> T within(MultiMap question, Supplier<T> action) {
        Spans spans = tracing.spans();
        TraceContext trace = spans == null ? null : TraceContext.of(question.get(TRACE), question.get(TRACE_STATE));
        return spans == null || trace == null ? action.get() : spans.within(trace, action);
    }

    /** Where a question belongs; null when it has no span. */
    static @Nullable TraceContext context(@Nullable OpenSpan span) {
        return span == null ? null : span.context();
    }

    /** The same Future, with the end of which the span ends. */
    static <T> Future<T> ended(@Nullable OpenSpan span, Future<T> done) {
        return ended(span, done, result -> Outcome.DONE);
    }

    /**
     * The same. Codes that clients or applications have made up are no business of spans.
     *
     * @param outcome how it ended, of what did not fail altogether
     */
    static <T> Future<T> ended(@Nullable OpenSpan span, Future<T> done, Function<T, Outcome> outcome) {
        return span == null
                ? done
                : done.onComplete(end -> {
                    Outcome ended = end.succeeded() ? outcome.apply(end.result()) : Outcome.failed(end.cause());
                    @Nullable String code = ended.code();
                    span.end(code == null || ErrorCode.isOne(code) ? code : OpenSpan.OTHER);
                });
    }

    /** What kind of target it is, for those who look at spans. */
    static String word(Target target) {
        return target.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String word(HubMessage.Aimed question) {
        if (question instanceof HubMessage.Move move) {
            return move.join() ? "join" : "leave";
        } else if (question instanceof HubMessage.Disconnect) {
            return "disconnect";
        } else if (question instanceof HubMessage.ListSockets) {
            return "list sockets";
        } else if (question instanceof HubMessage.ListRooms) {
            return "list rooms";
        } else if (question instanceof HubMessage.SetAttribute) {
            return "set attribute";
        } else if (question instanceof HubMessage.SessionOf) {
            return "find session";
        } else if (question instanceof HubMessage.LogOut) {
            return "log out";
        }
        throw new IllegalArgumentException(question + " is no question to hubs");
    }
}
