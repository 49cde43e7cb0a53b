package dev.switchboard.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Random;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
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

    @Test
    void webSocketFrame_releasedByOneReceiver_isThereForTheNext() {
        Frame frame = Frame.binary(new byte[] {1, 2, 3});

        frame.webSocketFrame().release();
        ByteBuf again = frame.webSocketFrame();

        assertThat(again.readableBytes()).isEqualTo(5);
        assertThat(again.getUnsignedByte(0)).isEqualTo((short) 0x82);
        assertThat(frame.isBinary()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1000,C1", "1000000,C1", "99,81", "2000000,81"})
    void webSocketFrame_forOneThatTakesCompressedMessages_isCompressedWhereThatIsWorthIt(int length, String head) {
        Frame frame = Frame.text("ab".repeat(length).substring(0, length).getBytes(UTF_8));
        try (Deflation deflation = new Deflation(100)) {
            ByteBuf bytes = frame.webSocketFrame(deflation);

            assertThat(bytes.getUnsignedByte(0)).isEqualTo(Short.parseShort(head, 16));
            assertThat(frame.webSocketFrame().getUnsignedByte(0)).isEqualTo((short) 0x81);
            assertThat(bytes.readableBytes()).isLessThanOrEqualTo(frame.size());
        }
    }

    @Test
    void webSocketFrame_compressed_isThePayloadAgain_andSharedByAll() throws Exception {
        byte[] payload = "one message of many words, ".repeat(50).getBytes(UTF_8);
        Frame frame = Frame.binary(payload);
        try (Deflation deflation = new Deflation(1)) {
            // Nothing of one message is used in the next.
            Frame.binary(payload).webSocketFrame(deflation);
            ByteBuf bytes = frame.webSocketFrame(deflation);
            assertThat(bytes.array()).isSameAs(frame.webSocketFrame(deflation).array());

            assertThat(bytes.readUnsignedByte()).isEqualTo((short) 0xC2);
            int length = bytes.readUnsignedByte();
            byte[] compressed = new byte[length + 4];
            bytes.readBytes(compressed, 0, length);
            compressed[length + 2] = (byte) 0xFF;
            compressed[length + 3] = (byte) 0xFF;
            Inflater inflater = new Inflater(true);
            inflater.setInput(compressed);
            byte[] out = new byte[payload.length];
            assertThat(inflater.inflate(out)).isEqualTo(payload.length);
            assertThat(out).isEqualTo(payload);
            assertThat(bytes.isReadable()).isFalse();
        }
    }

    @Test
    void webSocketFrame_thatDoesNotShrink_isAsItIs() {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        try (Deflation deflation = new Deflation(1)) {
            assertThat(Frame.binary(noise).webSocketFrame(deflation).getUnsignedByte(0))
                    .isEqualTo((short) 0x82);
        }
    }

    @Test
    void all_ofSeveralThatAreSeveralThemselves_hasEachSingleOneAsAPart() {
        Frame text = Frame.text("a".getBytes(UTF_8));
        Frame both = Frame.all(List.of(text, Frame.binary(new byte[] {1})));

        Frame all = Frame.all(List.of(both, text));

        assertThat(all.parts()).hasSize(3).allMatch(part -> part.parts().size() == 1);
        assertThat(all.parts().get(1).isBinary()).isTrue();
        assertThat(all.size()).isEqualTo(both.size() + text.size());
    }
}
