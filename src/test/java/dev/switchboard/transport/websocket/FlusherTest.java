package dev.switchboard.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class FlusherTest {
    /** Counts how often a line is flushed. */
    private static final class Line extends ChannelOutboundHandlerAdapter {
        private final Flusher.Mark mark;
        private final AtomicInteger flushes = new AtomicInteger();
        private Runnable onFlush = () -> {};

        Line(EventLoop loop) {
            LocalChannel channel = new LocalChannel();
            channel.pipeline().addLast(this, new ChannelOutboundHandlerAdapter());
            loop.register(channel).syncUninterruptibly();
            mark = new Flusher.Mark(channel.pipeline().lastContext());
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            flushes.incrementAndGet();
            onFlush.run();
        }
    }

    private final EventLoop loop = new DefaultEventLoop();
    private final Flusher flusher = new Flusher();
    private final List<Line> lines =
            Stream.generate(() -> new Line(loop)).limit(100).toList();

    @AfterEach
    void end() {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** One turn of the event loop, to its end. */
    private void turn(Runnable body) throws Exception {
        loop.submit(body).get();
        loop.submit(() -> {}).get();
    }

    private void write(List<Line> some) {
        some.forEach(line -> flusher.flush(line.mark));
    }

    private int[] flushes() {
        return lines.stream().mapToInt(line -> line.flushes.get()).toArray();
    }

    private static int[] expected(int lines, int others) {
        return IntStream.range(0, 100).map(n -> n < 64 ? lines : others).toArray();
    }

    @Test
    void lineThatIsWrittenToSeveralTimesInATurn_isFlushedOnce_atItsEnd() throws Exception {
        turn(() -> {
            write(lines.subList(0, 63));
            write(lines.subList(0, 63));
            assertThat(flushes()).containsOnly(0);
        });

        assertThat(flushes()).startsWith(1, 1, 1).contains(0);
        assertThat(IntStream.of(flushes()).sum()).isEqualTo(63);
    }

    @Test
    void manyLinesThatAreWrittenToOnce_doNotWaitForTheEnd() throws Exception {
        turn(() -> {
            write(lines);
            assertThat(flushes()).isEqualTo(expected(1, 0));
        });

        assertThat(flushes()).containsOnly(1);
    }

    @Test
    void manyLinesThatAreWrittenToAgainAndAgain_waitForTheEnd() throws Exception {
        turn(() -> {
            for (int event = 0; event < 16; event++) {
                write(lines);
            }
            assertThat(flushes()).isEqualTo(expected(1, 0));
        });
        assertThat(flushes()).isEqualTo(expected(2, 1));

        turn(() -> {
            write(lines);
            assertThat(flushes()).as("it is known by now").isEqualTo(expected(2, 1));
        });
        assertThat(flushes()).isEqualTo(expected(3, 2));
    }

    @Test
    void whatIsWrittenWhileLinesAreFlushed_isFlushedToo() throws Exception {
        Line first = lines.get(0);
        Line other = lines.get(1);
        first.onFlush = () -> write(List.of(other));

        turn(() -> write(List.of(first)));
        turn(() -> {});

        assertThat(other.flushes).hasValue(1);
    }
}
