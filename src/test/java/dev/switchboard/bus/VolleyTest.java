package dev.switchboard.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Payload;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VolleyTest {
    private static List<Delivery> events(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Delivery("e" + n, Payload.of(n + "x".repeat(size))))
                .toList();
    }

    private static byte[] bytes(Frame frame) {
        return ByteBufUtil.getBytes(frame.webSocketFrame());
    }

    @Test
    void frame_ofSeveralEvents_isTheirFramesOneAfterTheOther() {
        for (Codec codec : List.of(Codec.EVENTS, Codec.TEXT)) {
            List<Delivery> events = events(3, 200);
            Frame joined = new Volley(events).frame(codec);

            assertThat(joined).isNotNull();
            byte[] all = new byte[0];
            for (Delivery event : events) {
                byte[] one = bytes(event.frame(codec));
                all = java.util.Arrays.copyOf(all, all.length + one.length);
                System.arraycopy(one, 0, all, all.length - one.length, one.length);
            }
            assertThat(bytes(joined)).isEqualTo(all);
            assertThat(joined.parts()).extracting(Frame::text).hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void frame_askedTwice_isTheSame() {
        Volley volley = new Volley(events(2, 10));

        assertThat(volley.frame(Codec.EVENTS)).isSameAs(volley.frame(Codec.EVENTS));
    }

    @Test
    void frame_ofLargeEvents_isNone() {
        assertThat(new Volley(events(2, 10_000)).frame(Codec.EVENTS)).isNull();
    }
}
