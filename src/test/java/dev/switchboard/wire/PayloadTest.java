package dev.switchboard.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class PayloadTest {
    @Test
    void of_valuesOfHandlers_becomeJson() {
        assertThat(Payload.of(Map.of("a", List.of(1))).object()).isEqualTo(new JsonObject("{\"a\":[1]}"));
        assertThat(Payload.of(new JsonArray().add("x")).array()).isEqualTo(new JsonArray().add("x"));
        assertThat(Payload.of(Set.of("x")).array()).isEqualTo(new JsonArray().add("x"));
        assertThat(Payload.of("s").string()).isEqualTo("s");
        assertThat(Payload.of(1.5).number()).isEqualTo(1.5);
        assertThat(Payload.of(null).value()).isNull();
        assertThat(Payload.of(null).isAbsent()).isFalse();
        assertThat(Payload.of(Buffer.buffer("b")).isBinary()).isTrue();
    }

    @Test
    void of_payload_isItself() {
        Payload payload = Payload.ofJson("{ }".getBytes(UTF_8));

        assertThat(Payload.of(payload)).isSameAs(payload);
    }

    @Test
    void accessors_rightType_giveTheValue() {
        Payload payload = Payload.of(Map.of("s", "x", "n", 3, "b", true));

        assertThat(payload.string("s")).isEqualTo("x");
        assertThat(payload.number("n")).isEqualTo(3);
        assertThat(payload.bool("b")).isTrue();
        assertThat(payload.has("s")).isTrue();
        assertThat(payload.has("nothing")).isFalse();
        assertThat(Payload.of("text").has("s")).isFalse();
    }

    @Test
    void accessors_wrongType_failWithInvalidData() {
        assertInvalid(() -> Payload.of("text").object());
        assertInvalid(() -> Payload.of(Map.of("s", 1)).string("s"));
        assertInvalid(() -> Payload.of(Map.of()).string("s"));
        assertInvalid(() -> Payload.of(List.of()).string("s"));
        assertInvalid(() -> Payload.absent().string());
        assertInvalid(() -> Payload.of(Buffer.buffer("b")).number());
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EventException.class, e -> assertThat(e.code()).isEqualTo("INVALID_DATA"));
    }

    @Test
    void number_thatIsInfinite_isInvalid() {
        Payload huge = Payload.ofJson("{\"n\":-1e999999999,\"m\":1e300}".getBytes(UTF_8));

        assertInvalid(() -> Payload.ofJson("1e999999999".getBytes(UTF_8)).number());
        assertInvalid(() -> huge.number("n"));
        assertThat(huge.number("m")).isEqualTo(1e300);
        assertThat(Payload.ofJson("9".repeat(400).getBytes(UTF_8)).number()).hasToString("9".repeat(400));
    }

    @Test
    void of_textWithHalfAPair_keepsIt() {
        Payload payload = Payload.of(Map.of("\ud800", List.of("a\udc00")));

        assertThat(payload.object()).isEqualTo(new JsonObject().put("\ud800", new JsonArray().add("a\udc00")));
        assertThat(new String(payload.bytes(), UTF_8)).isEqualTo("{\"\\uD800\":[\"a\\uDC00\"]}");
    }

    @Test
    void object_changedByItsReader_leavesThePayloadAsItWas() {
        Payload payload = Payload.of(Map.of("s", "x"));

        payload.object().put("s", "changed");

        assertThat(payload.string("s")).isEqualTo("x");
    }

    @Test
    void payload_ofAKey_isItsTextAsItCame() {
        Payload payload = Payload.ofJson(
                "{\"a\": {\"n\" : 1.0}, \"b\":[1, 2],\"c\":null,\"d\":\"\\u0041\" ,\"a\":-0}".getBytes(UTF_8));

        assertThat(payload.payload("a")).hasToString("-0");
        assertThat(payload.payload("b")).hasToString("[1, 2]");
        assertThat(payload.payload("c")).hasToString("null");
        assertThat(payload.payload("d")).hasToString("\"\\u0041\"");
        assertThat(payload.string("d")).isEqualTo("A");
        assertThat(payload.payload("e").isAbsent()).isTrue();
        assertThat(payload.has("c")).isFalse();
    }

    @Test
    void payload_ofAKey_whereThereAreNone_failsWithInvalidData() {
        assertInvalid(() -> Payload.of("text").payload("a"));
        assertInvalid(() -> Payload.absent().payload("a"));
        assertInvalid(() -> Payload.of(Buffer.buffer("{\"a\":1}")).payload("a"));
        assertInvalid(() -> Payload.ofJson("{\"a\":".getBytes(UTF_8)).payload("a"));
    }

    @Test
    void payload_ofAKey_hasItsOwnBytesAndNoOthers() {
        Payload payload = Payload.of(new JsonObject()
                .put("mine", Buffer.buffer("secret"))
                .put("yours", new JsonArray().add(Buffer.buffer("shared"))));

        assertThat(payload.payload("yours").attachments()).containsExactly("shared".getBytes(UTF_8));
        assertThat(payload.payload("mine").value()).isEqualTo(Buffer.buffer("secret"));
    }
}
