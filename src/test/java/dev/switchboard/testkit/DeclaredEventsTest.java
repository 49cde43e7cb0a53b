package dev.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.wire.EventException;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A handler that drifts from what is declared fails its test. */
final class DeclaredEventsTest {
    private static final JsonObject DECLARED = new JsonObject("""
            {"namespaces": {"/": {"auth": "none", "schemas": {
              "say": {"answer": {"type": "integer"}}, "said": {"out": {"type": "string"}}}}}}""");

    /** Says what it is told, whatever that is. */
    private static final class Drifting extends EventVerticle {
        @Override
        protected void events(Events on) {
            on.event("say", (socket, data) -> {
                socket.broadcast("said", data);
                return null;
            });
        }
    }

    /** Its handler does not wait for what it sends, and the test does not look. */
    @Test
    void handlerThatSendsSomethingElseThanDeclared_failsItsTest() {
        TestNode node = TestNode.start(DECLARED);
        node.deploy(Drifting::new);
        TestClient ann = node.connect();
        node.connect();
        ann.emit("say", 7);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(node::clear)
                .withMessageContaining("\"said\" of / is not sent as declared");
        node.close();
    }

    @Test
    void handlerThatAnswersSomethingElseThanDeclared_failsItsTest() {
        TestNode node = TestNode.start(DECLARED);
        node.deploy(Drifting::new);
        TestClient ann = node.connect();

        assertThatExceptionOfType(EventException.class)
                .isThrownBy(() -> ann.ask("say", "hi"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("NOT_AS_DECLARED"));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(node::close);
    }

    @Test
    void faults_thatATestAskedFor_failNothing() {
        try (TestNode node = TestNode.start(DECLARED)) {
            node.deploy(Drifting::new);
            TestClient ann = node.connect();
            ann.emit("say", 7);
            node.settle();

            assertThat(node.faults()).hasSize(1);
            assertThat(node.faults()).isEmpty();
        }
    }

    @Test
    void configuration_mayTurnDevelopmentOff() {
        try (TestNode node = TestNode.start(DECLARED.copy().put("development", false))) {
            node.deploy(Drifting::new);
            TestClient ann = node.connect();
            TestClient bob = node.connect();
            ann.emit("say", 7);

            assertThat(bob.next("said").number()).isEqualTo(7);
        }
    }
}
