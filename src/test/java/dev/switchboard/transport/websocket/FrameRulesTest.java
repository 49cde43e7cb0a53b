package dev.switchboard.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameRulesTest {
    private static WebSocketFrame binary(boolean last, int rsv) {
        return new BinaryWebSocketFrame(last, rsv, Unpooled.buffer(1).writeByte(1));
    }

    private static WebSocketFrame part(boolean last, int rsv) {
        return new ContinuationWebSocketFrame(last, rsv, Unpooled.EMPTY_BUFFER);
    }

    private static int closeCode(EmbeddedChannel channel, WebSocketFrame frame) {
        return catchThrowableOfType(CorruptedWebSocketFrameException.class, () -> channel.writeInbound(frame))
                .closeStatus()
                .code();
    }

    @ParameterizedTest
    @CsvSource({"false,4", "false,2", "false,1", "true,2", "true,1", "true,6", "true,7"})
    void reservedBits_notAgreedOn_areAViolation(boolean compression, int rsv) {
        WebSocketFrame frame = binary(true, rsv);

        assertThat(closeCode(new EmbeddedChannel(new FrameRules(compression)), frame))
                .isEqualTo(1002);
        assertThat(frame.refCnt()).isZero();
    }

    @Test
    void compressedBit_isForTheFirstFrameOfAMessageOnly() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameRules(true));
        channel.writeInbound(binary(false, 4));

        assertThat(closeCode(channel, part(true, 4))).isEqualTo(1002);
        assertThat(closeCode(channel, new PingWebSocketFrame(true, 4, Unpooled.EMPTY_BUFFER)))
                .isEqualTo(1002);
    }

    @Test
    void fragments_tooMany_areTooBig_andAreCountedForEachMessage() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameRules(false));
        for (int message = 0; message < 2; message++) {
            channel.writeInbound(binary(false, 0));
            for (int n = 1; n < FrameRules.MOST_FRAGMENTS; n++) {
                channel.writeInbound(part(false, 0));
                channel.releaseInbound();
            }
            if (message == 0) {
                channel.writeInbound(part(true, 0));
            }
        }

        assertThat(closeCode(channel, part(false, 0))).isEqualTo(1009);
    }
}
