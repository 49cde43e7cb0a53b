package dev.switchboard.bus;

import dev.switchboard.tracing.OpenSpan;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventNames;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks many, sockets or nodes, and gathers what they answer within a limit: who is silent costs its own answer and no
 * other. For any thread.
 */
public final class Survey {
    private static final Set<String> NO_ANSWER = Set.of(
            ErrorCode.ASK_TIMEOUT.name(),
            ErrorCode.NO_SOCKET.name(),
            ErrorCode.HANDLER_TIMEOUT.name(),
            ErrorCode.NODE_TIMEOUT.name());

    /** A hub looks at its limits every now and then, and a node takes its time to pass the answers on. */
    private static final long HUB_MILLIS = 1_000;

    private static final long NODE_MILLIS = 1_500;

    private final LocalHubs here;
    private final Hubs hubs;
    private final Peers peers;
    private final Answerers answerers;
    private final Inspection inspection;
    private final Questioning questions;

    public Survey(Vertx vertx) {
        this.here = new LocalHubs(vertx);
        this.hubs = new Hubs(vertx);
        this.peers = Peers.of(vertx);
        this.answerers = new Answerers(vertx);
        this.inspection = Inspection.of(vertx);
        this.questions = new Questioning(vertx);
    }

    /** How long the hubs of a node may take to gather what their sockets answer. */
    public static long hubMillis(HubMessage.AskAll question) {
        return question.limitMillis() + HUB_MILLIS;
    }

    /** Asks every socket that is meant; fails with {@code NO_SOCKET} when a single one is meant that is not there. */
    public Future<Answers> sockets(Target target, String event, Payload data, Duration limit) {
        String name = EventNames.checked(event);
        OpenSpan span = questions.ofClients(target, name);
        Failure fault = inspection.fault(Inspection.Way.OUT, target.namespace(), name, data);
        HubMessage.AskAll question = new HubMessage.AskAll(target, name, data, millis(limit));
        return Questioning.ended(
                span,
                fault == null
                        ? peers.joined().compose(v -> sockets(question))
                        : Future.failedFuture(fault.exception()));
    }

    private Future<Answers> sockets(HubMessage.AskAll question) {
        List<Future<List<HubAnswer>>> asked = new ArrayList<>();
        if (here.isHere(question)) {
            asked.add(here.askPatiently(question, hubMillis(question)));
        }
        if (question.hub().isEmpty() || asked.isEmpty()) {
            long nodeMillis = question.limitMillis() + NODE_MILLIS;
            for (String node : hubs.nodes(question)) {
                asked.add(peers.ask(node, question, null, nodeMillis)
                        .map(said -> said.isEmpty() ? List.of(LocalHubs.silent()) : said));
            }
        }
        boolean single = question.target().kind() == Target.Kind.SOCKET;
        return Future.join(asked).transform(v -> {
            List<HubAnswer> said = asked.stream().flatMap(Survey::said).toList();
            Answers answers = answers(said);
            return single && answers.answers().isEmpty()
                    ? Future.failedFuture(LocalHubs.noSocket())
                    : Future.succeededFuture(answers);
        });
    }

    /** A node that does not answer is silent, unless it says that it has no such socket. */
    private static Stream<HubAnswer> said(Future<List<HubAnswer>> answer) {
        return answer.succeeded() ? answer.result().stream() : Stream.of(LocalHubs.silent());
    }

    private static Answers answers(List<HubAnswer> said) {
        List<Answer> answers = said.stream()
                .flatMap(one -> one instanceof HubAnswer.Replies replies ? replies.replies().stream() : Stream.empty())
                .map(reply -> answer(reply.socket(), reply.outcome()))
                .toList();
        boolean heardOfAll = said.stream().allMatch(HubAnswer.Replies.class::isInstance);
        return gathered(answers, heardOfAll);
    }

    /** Asks the code of every node, this one included, that answers to the name. */
    public Future<Answers> nodes(String name, Payload data, Duration limit) {
        OpenSpan span = questions.ofNodes(name);
        TraceContext trace = Questioning.context(span);
        return Questioning.ended(span, peers.joined().compose(v -> nodes(name, data, trace, millis(limit))));
    }

    private Future<Answers> nodes(String name, Payload data, @Nullable TraceContext trace, long limitMillis) {
        List<Future<Answer>> answers = new ArrayList<>();
        answers.add(answerers.ask(name, data, trace, limitMillis).map(outcome -> answer(peers.self(), outcome)));
        for (String node : peers.nodes()) {
            answers.add(peers.ask(node, name, data, trace, limitMillis)
                    .otherwise(Outcome.failed(ErrorCode.NODE_TIMEOUT))
                    .map(outcome -> answer(node, outcome)));
        }
        return Future.all(answers).map(all -> gathered(all.list(), true));
    }

    static long millis(Duration limit) {
        return limit.compareTo(Hubs.LONGEST_ASK) < 0 ? Math.max(1, limit.toMillis()) : Hubs.LONGEST_ASK.toMillis();
    }

    private static Answer answer(String from, Outcome outcome) {
        return new Answer(from, outcome.data(), outcome.failure());
    }

    private static Answers gathered(List<Answer> answers, boolean heardOfAll) {
        Set<String> missing = new HashSet<>();
        for (Answer answer : answers) {
            @Nullable Failure failure = answer.failure();
            if (failure != null && NO_ANSWER.contains(failure.code())) {
                missing.add(answer.from());
            }
        }
        return new Answers(answers, missing, heardOfAll && missing.isEmpty());
    }
}
