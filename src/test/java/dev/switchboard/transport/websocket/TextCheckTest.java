package dev.switchboard.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCheckTest {
    private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, (byte) 0x8D};
    private static final String LONG = "ASCII, and then Grüße, 漢字 and 😀. ".repeat(40);

    private final EmbeddedChannel channel = new EmbeddedChannel(new TextCheck());
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private void frame(int head, byte[] payload) {
        sent.write(head);
        if (payload.length < 126) {
            sent.write(0x80 | payload.length);
        } else if (payload.length <= 0xFFFF) {
            sent.write(0x80 | 126);
            sent.write(payload.length >> 8);
            sent.write(payload.length);
        } else {
            sent.write(0x80 | 127);
            sent.writeBytes(Unpooled.buffer(8).writeLong(payload.length).array());
        }
        sent.writeBytes(MASK);
        for (int n = 0; n < payload.length; n++) {
            sent.write(payload[n] ^ MASK[n % 4]);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int n = 0; n < values.length; n++) {
            bytes[n] = (byte) values[n];
        }
        return bytes;
    }

    /** Writes what is to be sent in parts of this size. */
    private void write(int size) {
        byte[] all = sent.toByteArray();
        sent.reset();
        for (int from = 0; from < all.length; from += size) {
            channel.writeInbound(Unpooled.copiedBuffer(all, from, Math.min(size, all.length - from)));
        }
    }

    private byte[] passed() {
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            passed.writeBytes(io.netty.buffer.ByteBufUtil.getBytes(next));
            next.release();
        }
        return passed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 1_000_000})
    void read_goodFrames_passInWhateverParts(int size) {
        byte[] text = utf8(LONG);
        for (int at = 0; at < text.length; at += 97) {
            byte[] part = java.util.Arrays.copyOfRange(text, at, Math.min(at + 97, text.length));
            frame((at == 0 ? 0x01 : 0x00) | (at + 97 >= text.length ? 0x80 : 0), part);
            frame(0x89, bytes(0xFF, 0xFE));
        }
        frame(0x82, bytes(0xFF, 0xC0, 0x80));
        frame(0x02, bytes(0xFF));
        frame(0x80, bytes(0xFE));
        frame(0xC1, bytes(0xFF, 0xFF));
        frame(0x81, utf8(LONG.repeat(100)));
        frame(0x81, new byte[0]);
        byte[] all = sent.toByteArray();

        write(size);

        assertThat(passed()).isEqualTo(all);
    }

    @Test
    void read_aBadByteAnywhere_stopsRightBeforeIt() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            EmbeddedChannel fresh = new EmbeddedChannel(new TextCheck());
            byte[] payload = new byte[1 + random.nextInt(300)];
            java.util.Arrays.fill(payload, (byte) 'x');
            int bad = random.nextInt(payload.length);
            payload[bad] = (byte) 0xFF;
            sent.reset();
            frame(0x81, payload);
            byte[] all = sent.toByteArray();
            int end = all.length - payload.length + bad;

            assertThatThrownBy(() -> fresh.writeInbound(Unpooled.copiedBuffer(all)))
                    .isInstanceOf(CorruptedWebSocketFrameException.class);
            ByteBuf passed = fresh.readInbound();
            assertThat(passed.readableBytes()).isEqualTo(end);
            passed.release();
        }
    }

    @Test
    void read_badByte_isRefusedBeforeItsFrameIsComplete() {
        frame(0x81, bytes('a', 0xF4, 0x90, 0x80, 0x80, 'b'));
        byte[] all = sent.toByteArray();

        channel.writeInbound(Unpooled.copiedBuffer(all, 0, 8));
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.copiedBuffer(all, 8, 1)))
                .isInstanceOf(CorruptedWebSocketFrameException.class)
                .satisfies(e -> assertThat(((CorruptedWebSocketFrameException) e)
                                .closeStatus()
                                .code())
                        .isEqualTo(1007));
    }

    @Test
    void read_endWithinACharacter_isRefused_alsoInAnEmptyFrame() {
        frame(0x01, bytes(0xE4, 0xBD));
        write(100);
        assertThat(passed()).isNotEmpty();

        frame(0x80, new byte[0]);
        assertThatThrownBy(() -> write(100)).isInstanceOf(CorruptedWebSocketFrameException.class);
        assertThat(passed()).hasSize(5);
    }

    @Test
    void read_goodFramesBeforeABadOne_pass() {
        frame(0x81, utf8("good"));
        int good = sent.size();
        frame(0x81, bytes(0xFF));

        assertThatThrownBy(() -> write(1000)).isInstanceOf(CorruptedWebSocketFrameException.class);
        assertThat(passed()).hasSize(good + 6);
    }
}
