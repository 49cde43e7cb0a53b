package dev.switchboard.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class TextCodecTest {
    private static Frame encode(Object data) {
        return Objects.requireNonNull(Codec.TEXT.encode(new Outbound.Event("any", Payload.of(data), 0)));
    }

    @Test
    void decode_text_isAMessageEventWithTheText() {
        Inbound message = Codec.TEXT.decode("say \"ä\"".getBytes(UTF_8), false);

        assertThat(message).isEqualTo(new Inbound.Event("message", Payload.of("say \"ä\""), 0));
    }

    @Test
    void decode_binary_isAMessageEventWithTheBytes() {
        Inbound message = Codec.TEXT.decode(new byte[] {0, -1}, true);

        assertThat(message).isInstanceOfSatisfying(Inbound.Event.class, event -> {
            assertThat(event.data().isBinary()).isTrue();
            assertThat(event.data().value()).isEqualTo(Buffer.buffer(new byte[] {0, -1}));
        });
    }

    @Test
    void encode_data_goesAlone() {
        assertThat(encode("a \"b\"").text()).isEqualTo("a \"b\"");
        assertThat(encode(new JsonObject().put("a", 1)).text()).isEqualTo("{\"a\":1}");
        assertThat(encode(12).text()).isEqualTo("12");
        assertThat(encode(Buffer.buffer("x")).isBinary()).isTrue();
    }

    @Test
    void encode_whatTheDialectCannotSay_isNull() {
        assertThat(Codec.TEXT.encode(new Outbound.Open(new JsonObject()))).isNull();
        assertThat(Codec.TEXT.encode(new Outbound.Close(CloseReason.NORMAL))).isNull();
    }
}
