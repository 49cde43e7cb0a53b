package dev.switchboard.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SockJsCodecTest {
    private static String encode(Codec codec, String data) {
        Outbound event = new Outbound.Event("e", Payload.of(data), 0);
        return Objects.requireNonNull(codec.encode(event)).text();
    }

    @Property
    void encode_anyText_isTheEventsDialectInAnArrayFrame(@ForAll String text) {
        String frame = encode(Codec.SOCKJS, text);

        assertThat(frame).startsWith("a");
        assertThat(new JsonArray(frame.substring(1))).isEqualTo(new JsonArray().add(encode(Codec.EVENTS, text)));
    }

    @Test
    void encode_fragileCharacters_areEscaped() {
        String frame = encode(Codec.SOCKJS, "\u2028 \u200c \ufffe \u00ad 😀 \u0001");

        assertThat(frame.chars()).allMatch(c -> c >= 0x20 && c < 0x7F);
        assertThat(frame).contains("\\u2028", "\\u200c", "\\ufffe", "\\u00ad");
    }

    @Test
    void encode_ordinaryText_staysReadable() {
        assertThat(encode(Codec.SOCKJS, "schön"))
                .isEqualTo("a[\"{\\\"event\\\":\\\"e\\\",\\\"data\\\":\\\"schön\\\"}\"]");
    }
}
