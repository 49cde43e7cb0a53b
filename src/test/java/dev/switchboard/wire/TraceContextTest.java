package dev.switchboard.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TraceContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    private static Inbound decode(String message) {
        return Codec.EVENTS.decode(message.getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void of_aContext_hasItsIds() {
        TraceContext context = TraceContext.of(PARENT, null);

        assertThat(context).isEqualTo(new TraceContext(PARENT, ""));
        assertThat(context.traceId()).isEqualTo(TRACE);
        assertThat(context.spanId()).isEqualTo("b7ad6b7169203331");
    }

    @Test
    void of_whatIsTooShortOrTooLong_isNone() {
        assertThat(TraceContext.of(null, "a=b")).isNull();
        assertThat(TraceContext.of("00-1", "a=b")).isNull();
        assertThat(TraceContext.of("0".repeat(513), "")).isNull();
        assertThat(TraceContext.of(PARENT, "a".repeat(513))).isEqualTo(new TraceContext(PARENT, ""));
    }

    @Test
    void decode_anEvent_takesWhereItBelongs() {
        String members = ",\"traceparent\":\"" + PARENT + "\",\"tracestate\":\"a=b\"";

        assertThat(decode("{\"event\":\"e\"" + members + ",\"id\":3}"))
                .isEqualTo(new Inbound.Event("e", Payload.absent(), 3, new TraceContext(PARENT, "a=b")));
        assertThat(decode("{\"event\":\"e\",\"tracestate\":\"a=b\"}"))
                .isEqualTo(new Inbound.Event("e", Payload.absent(), 0));
        assertThat(decode("{\"event\":\"e\",\"traceparent\":[\"" + PARENT + "\"]}"))
                .isEqualTo(new Inbound.Event("e", Payload.absent(), 0));
        assertThat(decode("{\"ack\":3" + members + "}")).isEqualTo(new Inbound.Ack(3, Payload.absent()));
    }
}
