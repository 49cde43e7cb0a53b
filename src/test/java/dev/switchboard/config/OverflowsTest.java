package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.pointer.JsonPointer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverflowsTest {
    private static Overflows overflows(String namespace) {
        return read("{\"namespaces\": {\"/\": " + namespace + "}}")
                .namespaces()
                .get("/")
                .overflows();
    }

    @Test
    void of_eventThatIsNotNamed_isTheNamespaces() {
        assertThat(overflows("{}").of("any")).isEqualTo(Overflow.of(Overflow.Policy.CLOSE));
        assertThat(overflows("{\"overflow\": \"drop-newest\"}").of("any"))
                .isEqualTo(Overflow.of(Overflow.Policy.DROP_NEWEST));
    }

    @Test
    void of_eventThatIsNamed_isItsOwn() {
        Overflows overflows = overflows("""
                {"overflow": "drop-oldest", "overflows": {"place": {"policy": "latest", "key": "/a~1b/~0"}, "chat": {}}}""");

        assertThat(overflows.of("place"))
                .isEqualTo(new Overflow(Overflow.Policy.LATEST, Optional.of(JsonPointer.from("/a~1b/~0"))));
        assertThat(overflows.of("chat")).isEqualTo(Overflow.of(Overflow.Policy.CLOSE));
    }

    @Test
    void policy_thatIsNone_isAFault() {
        assertThat(refusal(
                                "{\"namespaces\": {\"/\": {\"overflow\": \"drop\", \"overflows\": {\"e\": {\"policy\": 1}}}}}")
                        .faults())
                .extracting(Fault::path)
                .containsExactlyInAnyOrder("namespaces./.overflow", "namespaces./.overflows.e.policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"car\"", "\"\"", "\"/a~2\"", "\"/~\"", "1", "null"})
    void key_thatIsNoPointer_isAFault(String key) {
        assertThat(refusal("{\"namespaces\": {\"/\": {\"overflows\": {\"e\": {\"policy\": \"latest\", \"key\": " + key
                                + "}}}}}")
                        .faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEqualTo("namespaces./.overflows.e.key");
                    assertThat(fault.message()).startsWith("must be a JSON pointer such as \"/car\", not");
                });
    }

    @Test
    void key_whereNothingIsReplaced_isAFault() {
        assertThat(refusal(
                                "{\"namespaces\": {\"/\": {\"overflows\": {\"e\": {\"policy\": \"close\", \"key\": \"/k\"}}}}}")
                        .faults())
                .containsExactly(new Fault(
                        "namespaces./.overflows.e.key", "means something only where the policy is \"latest\""));
    }

    @Test
    void event_ofTheServer_isAFault() {
        assertThat(refusal("{\"namespaces\": {\"/\": {\"overflows\": {\"$x\": {\"policy\": \"latest\"}}}}}")
                        .faults())
                .extracting(Fault::path)
                .containsExactly("namespaces./.overflows.$x");
    }
}
