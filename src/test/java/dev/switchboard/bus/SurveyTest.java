package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A survey of which some nodes take no notice. */
final class SurveyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Outcome YES = Outcome.of(Payload.of("yes"));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    /** Three other nodes: one answers, one is silent, and one is lost meanwhile. */
    private Survey survey(List<HubAnswer> answer) {
        Peers alone = Peers.of(vertx);
        Peers others = (Peers) Proxy.newProxyInstance(
                Peers.class.getClassLoader(), new Class<?>[] {Peers.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "interested", "nodes" -> List.of("answers", "silent", "lost");
                        case "ask" ->
                            arguments[1] instanceof String ? outcome(arguments[0]) : answers(arguments[0], answer);
                        default -> method.invoke(alone, arguments);
                    };
                });
        vertx.sharedData().<String, Peers>getLocalMap("switchboard.peers").put("", others);
        return new Survey(vertx);
    }

    private static Future<Outcome> outcome(Object node) {
        return node.equals("answers") ? Future.succeededFuture(YES) : silence();
    }

    private static Future<List<HubAnswer>> answers(Object node, List<HubAnswer> answer) {
        if (node.equals("answers")) {
            return Future.succeededFuture(answer);
        }
        return node.equals("lost") ? Future.succeededFuture(List.of()) : silence();
    }

    private static <T> Future<T> silence() {
        return Future.failedFuture(ErrorCode.NODE_TIMEOUT.failure().exception());
    }

    @Test
    void sockets_whileSomeNodesAreSilentOrLost_areThoseOfTheOthersAndNotAll() throws Exception {
        Survey survey = survey(List.of(new HubAnswer.Replies(List.of(new HubAnswer.Reply("s", YES)))));

        Answers all =
                survey.sockets(Target.all("/"), "e", Payload.absent(), SECOND).await(20, TimeUnit.SECONDS);

        assertThat(all.answers()).containsExactly(new Answer("s", Payload.of("yes"), null));
        assertThat(all.missing()).isEmpty();
        assertThat(all.complete()).isFalse();
    }

    @Test
    void sockets_whileAHubIsSilent_areThoseOfTheOthersAndNotAll() throws Exception {
        Survey survey =
                survey(List.of(LocalHubs.silent(), new HubAnswer.Replies(List.of(new HubAnswer.Reply("s", YES)))));

        Answers all = survey.sockets(Target.room("/", "r"), "e", Payload.absent(), SECOND)
                .await(20, TimeUnit.SECONDS);

        assertThat(all.answers()).hasSize(1);
        assertThat(all.complete()).isFalse();
    }

    @Test
    void nodes_thatAreSilent_areMissing() throws Exception {
        Survey survey = survey(List.of());

        Answers all = survey.nodes("name", Payload.absent(), SECOND).await(20, TimeUnit.SECONDS);

        assertThat(all.answers()).extracting(Answer::from).containsExactly("", "answers", "silent", "lost");
        assertThat(all.missing()).containsExactlyInAnyOrder("silent", "lost");
        assertThat(all.complete()).isFalse();
    }
}
