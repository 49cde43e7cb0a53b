package dev.switchboard.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InflationTest {
    private static final int LIMIT = 1 << 20;
    private static final int RSV1 = 4;

    private final EmbeddedChannel channel = new EmbeddedChannel(new Inflation(LIMIT, false));

    /** The payload of a compressed message. */
    private static byte[] deflated(Deflater deflater, byte[] bytes) {
        byte[] out = new byte[bytes.length + 1000];
        deflater.setInput(bytes);
        int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, size - 4);
    }

    private static byte[] deflated(byte[] bytes) {
        return deflated(new Deflater(9, true), bytes);
    }

    private void text(byte[] payload) {
        channel.writeInbound(new TextWebSocketFrame(true, RSV1, Unpooled.wrappedBuffer(payload)));
    }

    private String read() {
        WebSocketFrame frame = channel.readInbound();
        try {
            assertThat(frame.rsv()).isZero();
            return frame.content().toString(UTF_8);
        } finally {
            frame.release();
        }
    }

    private int closeCode(Runnable write) {
        return catchThrowableOfType(CorruptedWebSocketFrameException.class, write::run)
                .closeStatus()
                .code();
    }

    @Test
    void message_compressed_isInflated_andAnotherPasses() {
        text(deflated("Grüße 😀".getBytes(UTF_8)));
        assertThat(read()).isEqualTo("Grüße 😀");

        channel.writeInbound(new TextWebSocketFrame("plain"));
        assertThat(read()).isEqualTo("plain");
        text(new byte[] {0});
        assertThat(read()).isEmpty();
        // RFC 7692 section 7.2.3.4: a block that says it is the last.
        text(new byte[] {(byte) 0xf3, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00, 0x00});
        assertThat(read()).isEqualTo("Hello");
    }

    @Test
    void message_thatUsesTheOneBefore_isInflated() {
        // RFC 7692 section 7.2.3.2
        text(new byte[] {(byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00});
        text(new byte[] {(byte) 0xf2, 0x00, 0x11, 0x00, 0x00});

        assertThat(read()).isEqualTo("Hello");
        assertThat(read()).isEqualTo("Hello");
    }

    @Test
    void message_inFragments_isInflatedPartByPart() {
        byte[] all = deflated("a text in many parts, and a ü".getBytes(UTF_8));
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        for (int n = 0; n < all.length; n++) {
            boolean last = n == all.length - 1;
            var part = Unpooled.wrappedBuffer(new byte[] {all[n]});
            channel.writeInbound(
                    n == 0 ? new TextWebSocketFrame(false, RSV1, part) : new ContinuationWebSocketFrame(last, 0, part));
            WebSocketFrame frame = channel.readInbound();
            assertThat(frame.isFinalFragment()).isEqualTo(last);
            got.writeBytes(io.netty.buffer.ByteBufUtil.getBytes(frame.content()));
            frame.release();
        }
        assertThat(got.toString(UTF_8)).isEqualTo("a text in many parts, and a ü");
    }

    @Test
    void message_asLargeAsAllowed_isTaken_andOneByteMoreIsNot() {
        text(deflated(new byte[LIMIT]));
        assertThat(read()).hasSize(LIMIT);

        assertThat(closeCode(() -> text(deflated(new byte[LIMIT + 1])))).isEqualTo(1009);
    }

    @Test
    void message_inFragmentsThatInflateTooFarTogether_isTooBig() {
        byte[] all = deflated(new byte[LIMIT + 100_000]);
        int half = all.length / 2;
        channel.writeInbound(new BinaryWebSocketFrame(false, RSV1, Unpooled.copiedBuffer(all, 0, half)));
        ((WebSocketFrame) channel.readInbound()).release();

        assertThat(closeCode(() -> channel.writeInbound(
                        new ContinuationWebSocketFrame(true, 0, Unpooled.copiedBuffer(all, half, all.length - half)))))
                .isEqualTo(1009);
    }

    @Test
    void message_thatInflatesTo40MB_costsNoMoreThanAllowed() {
        byte[] bomb = deflated(new byte[40 << 20]);
        assertThat(bomb.length).isLessThan(64 << 10);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        text(deflated(new byte[100]));
        read();

        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(closeCode(() -> text(bomb))).isEqualTo(1009);

        // Twice, as the space grows by and by.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4L * LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c328", "e4bd"})
    void text_thatIsNoUtf8_isRefused(String hex) {
        assertThat(closeCode(() -> text(deflated(java.util.HexFormat.of().parseHex(hex)))))
                .isEqualTo(1007);
    }

    @Test
    void payload_thatCannotBeInflated_isAViolation() {
        assertThat(closeCode(() -> text(new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2, 3})))
                .isEqualTo(1002);
    }
}
