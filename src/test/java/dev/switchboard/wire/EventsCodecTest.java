package dev.switchboard.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventsCodecTest {
    private static Inbound decode(String text) {
        return Codec.EVENTS.decode(text.getBytes(UTF_8), false);
    }

    private static String encode(Outbound message) {
        return Objects.requireNonNull(Codec.EVENTS.encode(message)).text();
    }

    @Test
    void decode_event_keepsTheBytesOfItsData() {
        Inbound message = decode("{ \"event\":\"e\", \"data\" : {\"b\" : [1, 2.50,\"}\"]} ,\"id\":7 }");

        assertThat(message).isInstanceOfSatisfying(Inbound.Event.class, event -> {
            assertThat(event.name()).isEqualTo("e");
            assertThat(event.id()).isEqualTo(7);
            assertThat(new String(event.data().bytes(), UTF_8)).isEqualTo("{\"b\" : [1, 2.50,\"}\"]}");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-1.5e3",
                "true",
                "null",
                "\"\"",
                "\"a\\\"}\\\\\"",
                "\"ä€😀\"",
                "[]",
                "{}",
                "[[{\"a\":[]}]]",
                "\"\\u2028\"",
                "123456789012345678901234567890"
            })
    void decode_anyJsonValue_isSlicedExactly(String value) {
        for (String tail : new String[] {"}", " }", ",\"x\":1}", "\n,\"id\":1}"}) {
            Inbound message = decode("{\"event\":\"e\",\"data\":" + value + tail);

            assertThat(message)
                    .isInstanceOfSatisfying(
                            Inbound.Event.class,
                            event -> assertThat(new String(event.data().bytes(), UTF_8))
                                    .isEqualTo(value));
        }
    }

    @Test
    void decode_eventWithoutData_hasAbsentData() {
        assertThat(decode("{\"event\":\"e\"}")).isEqualTo(new Inbound.Event("e", Payload.absent(), 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "123",
                "[]",
                "\"e\"",
                "{}",
                "{\"data\":1}",
                "{\"event\":\"\"}",
                "{\"event\":null}",
                "{\"event\":{\"event\":\"e\"}}",
                "{\"event\":1}",
                "{\"event\":\"e\"",
                "{\"event\":\"e\"}x",
                "{\"event\":\"e\"}{}",
                "{\"event\":\"e\",\"data\":}",
                "{\"event\":\"e\",\"data\":tru}",
                "{\"event\":\"e\",\"id\":0}",
                "{\"event\":\"e\",\"id\":-1}",
                "{\"event\":\"e\",\"id\":1.5}",
                "{\"event\":\"e\",\"id\":\"1\"}",
                "{\"event\":\"e\",\"id\":null}",
                "{\"event\":\"e\",\"id\":9007199254740992}",
                "{\"event\":\"e\",\"id\":99999999999999999999}",
                "{\"ack\":\"1\"}",
                "{\"ping\":\"1\"}",
                "{\"ping\":{}}"
            })
    void decode_whatIsNoMessage_isBad(String text) {
        assertThat(decode(text)).isInstanceOf(Inbound.Bad.class);
    }

    @Test
    void decode_nameOf129Characters_isBad() {
        assertThat(decode("{\"event\":\"" + "n".repeat(128) + "\"}")).isInstanceOf(Inbound.Event.class);
        assertThat(decode("{\"event\":\"" + "n".repeat(129) + "\"}")).isInstanceOf(Inbound.Bad.class);
    }

    @Test
    void decode_deeplyNested_isBad() {
        assertThat(decode("{\"event\":\"e\",\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isInstanceOf(Inbound.Bad.class);
    }

    @Test
    void decode_largestId_isTaken() {
        assertThat(decode("{\"event\":\"e\",\"id\":9007199254740991}"))
                .isEqualTo(new Inbound.Event("e", Payload.absent(), 9007199254740991L));
    }

    @Test
    void decode_unknownKeys_areIgnored() {
        assertThat(decode("{\"x\":{\"event\":\"no\"},\"event\":\"e\",\"__proto__\":[1]}"))
                .isEqualTo(new Inbound.Event("e", Payload.absent(), 0));
    }

    @Test
    void decode_auth_bringsTheToken() {
        assertThat(decode("{\"event\":\"auth\",\"data\":{\"token\":\"t\"},\"id\":3}"))
                .isEqualTo(new Inbound.Auth("t", 3));
        assertThat(decode("{\"event\":\"auth\",\"data\":[1]}")).isEqualTo(new Inbound.Auth("", 0));
    }

    @Test
    void decode_acks_bringDataOrFailure() {
        assertThat(decode("{\"ack\":1,\"data\":[2]}")).isEqualTo(new Inbound.Ack(1, Payload.of(java.util.List.of(2))));
        assertThat(decode("{\"ack\":1,\"error\":{\"code\":\"C\",\"message\":\"m\"}}"))
                .isEqualTo(new Inbound.AckFailure(1, new Failure("C", "m", false)));
        assertThat(decode("{\"ack\":1,\"error\":\"odd\"}"))
                .isEqualTo(new Inbound.AckFailure(1, new Failure("HANDLER_FAILED", "", false)));
    }

    @Test
    void decode_pingAndPong_areKnown() {
        assertThat(decode("{\"ping\":12}")).isEqualTo(new Inbound.Ping(Payload.of(12)));
        assertThat(decode("{\"pong\":12}")).isEqualTo(new Inbound.Pong());
    }

    @Test
    void decode_otherEncodingsOfJson_areBad() {
        for (var charset : new java.nio.charset.Charset[] {
            java.nio.charset.StandardCharsets.UTF_16BE,
            java.nio.charset.StandardCharsets.UTF_16LE,
            java.nio.charset.Charset.forName("UTF-32BE")
        }) {
            byte[] bytes = "{\"event\":\"e\",\"data\":[1]}".getBytes(charset);

            assertThat(Codec.EVENTS.decode(bytes, false)).isInstanceOf(Inbound.Bad.class);
        }
    }

    @Test
    void decode_binary_isUnsupported() {
        assertThat(Codec.EVENTS.decode(new byte[] {1}, true)).isEqualTo(new Inbound.Unsupported());
    }

    @Property
    void decode_anyBytes_neverThrows(@ForAll byte[] bytes) {
        assertThat(Codec.EVENTS.decode(bytes, false)).isNotNull();
    }

    @Property
    void decode_anyText_neverThrows(@ForAll String text) {
        assertThat(decode("{\"event\":" + text + "}")).isNotNull();
        assertThat(decode("{\"event\":\"e\",\"data\":" + text + "}")).isNotNull();
    }

    @Property
    void encode_anyName_isReadBack(@ForAll String name, @ForAll String data) {
        JsonObject json = new JsonObject(encode(new Outbound.Event(name, Payload.of(data), 0)));

        assertThat(json).isEqualTo(new JsonObject().put("event", name).put("data", data));
    }

    @Test
    void decode_numberThatNobodyReads_isBad() {
        String number = "9".repeat(2_000);

        for (String value : List.of(number, "1." + number, "1e" + number, "[" + number + "]")) {
            assertThat(decode("{\"event\":\"e\",\"data\":" + value + "}")).isInstanceOf(Inbound.Bad.class);
            assertThat(decode("{\"event\":\"auth\",\"data\":{\"token\":" + value + "}}"))
                    .isInstanceOf(Inbound.Bad.class);
            assertThat(decode("{\"ack\":1,\"error\":{\"code\":" + value + "}}")).isInstanceOf(Inbound.Bad.class);
        }
    }

    @Test
    void decode_nameWithHalfAPair_isBad() {
        assertThat(decode("{\"event\":\"\\ud800\"}")).isInstanceOf(Inbound.Bad.class);
        assertThat(decode("{\"event\":\"a\\udc00\\ud800\"}")).isInstanceOf(Inbound.Bad.class);
        assertThat(decode("{\"event\":\"\\ud83d\\ude00\"}")).isEqualTo(new Inbound.Event("😀", Payload.absent(), 0));
    }

    @Test
    void decode_name_isCountedInUtf16() {
        assertThat(decode("{\"event\":\"" + "😀".repeat(64) + "\"}")).isInstanceOf(Inbound.Event.class);
        assertThat(decode("{\"event\":\"" + "😀".repeat(64) + "a\"}")).isInstanceOf(Inbound.Bad.class);
    }

    @Test
    void encode_eachMessage_looksAsDocumented() {
        assertThat(encode(new Outbound.Event("e", Payload.absent(), 0))).isEqualTo("{\"event\":\"e\"}");
        assertThat(encode(new Outbound.Event("e", Payload.of(null), 0))).isEqualTo("{\"event\":\"e\",\"data\":null}");
        assertThat(encode(new Outbound.Event("a\"b", Payload.of("d"), 4)))
                .isEqualTo("{\"event\":\"a\\\"b\",\"data\":\"d\",\"id\":4}");
        assertThat(encode(new Outbound.Ack(7, Payload.absent()))).isEqualTo("{\"ack\":7}");
        assertThat(encode(new Outbound.Ack(7, Payload.of(1)))).isEqualTo("{\"ack\":7,\"data\":1}");
        assertThat(encode(new Outbound.AckFailure(7, new Failure("C", "m", true))))
                .isEqualTo("{\"ack\":7,\"error\":{\"code\":\"C\",\"message\":\"m\",\"retry\":true}}");
        assertThat(encode(new Outbound.Failed(new Failure("C", "m", false), "e")))
                .isEqualTo(
                        "{\"event\":\"error\",\"data\":{\"code\":\"C\",\"message\":\"m\",\"retry\":false,\"event\":\"e\"}}");
        assertThat(encode(new Outbound.Close(CloseReason.KICKED)))
                .isEqualTo("{\"event\":\"close\",\"data\":{\"code\":4003,\"reason\":\"Kicked\",\"reconnect\":false}}");
        assertThat(encode(new Outbound.Pong(Payload.of(5)))).isEqualTo("{\"pong\":5}");
    }
}
