package dev.switchboard.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameTest {
    @ParameterizedTest
    @CsvSource({"0,2", "125,2", "126,4", "65535,4", "65536,10", "200000,10"})
    void webSocketFrame_anyLength_hasTheHeaderOfRfc6455(int length, int header) {
        Frame frame = Frame.text("x".repeat(length).getBytes(UTF_8));

        ByteBuf bytes = frame.webSocketFrame();
        assertThat(bytes.readUnsignedByte()).isEqualTo((short) 0x81);
        int first = bytes.readUnsignedByte();
        long declared = first < 126 ? first : first == 126 ? bytes.readUnsignedShort() : bytes.readLong();
        assertThat(declared).isEqualTo(length);
        assertThat(bytes.readerIndex()).isEqualTo(header);
        assertThat(bytes.readableBytes()).isEqualTo(length);
        assertThat(frame.text()).hasSize(length);
        assertThat(frame.size()).isEqualTo(header + length);
    }

    @org.junit.jupiter.api.Test
    void webSocketFrame_releasedByOneReceiver_isThereForTheNext() {
        Frame frame = Frame.binary(new byte[] {1, 2, 3});

        frame.webSocketFrame().release();
        ByteBuf again = frame.webSocketFrame();

        assertThat(again.readableBytes()).isEqualTo(5);
        assertThat(again.getUnsignedByte(0)).isEqualTo((short) 0x82);
        assertThat(frame.isBinary()).isTrue();
    }
}
