package dev.switchboard.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.switchboard.Audience;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/** Events of 100 bytes from a node to one client, so many under way at a time; the next is sent when one has come. */
final class Stream {
    private static final String EVENT = "tick";
    private static final int SIZE = 100;
    private static final String PADDING = ".".repeat(SIZE);
    private static final String BEGIN = "{\"event\":\"" + EVENT + "\",\"data\":\"";

    /**
     * From each emit until the client has it.
     *
     * @param cpuMicros for each emit, what this JVM, with all nodes and the client, worked meanwhile
     * @param bytes for each emit, what it allocated
     */
    record Result(double median, double p99, double perSecond, double cpuMicros, double bytes) {
        static Result of(long[] nanos, long elapsedNanos, long cpuNanos, long bytes) {
            return new Result(
                    Figures.median(nanos),
                    Figures.p99(nanos),
                    nanos.length * 1e9 / elapsedNanos,
                    cpuNanos / 1e3 / nanos.length,
                    (double) bytes / nanos.length);
        }
    }

    private final IntFunction<Future<?>> before;
    private final IntFunction<Audience> to;
    private final Context context;
    private final CountDownLatch over = new CountDownLatch(1);
    private long[] nanos = {};
    private int emitted;
    private int received;
    private volatile boolean stopping;

    private Stream(Vertx from, CostClient client, IntFunction<Future<?>> before, IntFunction<Audience> to) {
        this.context = from.getOrCreateContext();
        this.before = before;
        this.to = to;
        client.listen(text -> {
            long came = System.nanoTime();
            if (text.startsWith(BEGIN)) {
                context.runOnContext(v -> received(came - time(text)));
            }
        });
    }

    static Stream of(CostNode from, CostClient client, Audience to) {
        return new Stream(from.vertx(), client, n -> Future.succeededFuture(), n -> to);
    }

    /** What is to be done before each emit, and to whom it goes, given its number. */
    static Stream of(CostNode from, CostClient client, IntFunction<Future<?>> before, IntFunction<Audience> to) {
        return new Stream(from.vertx(), client, before, to);
    }

    Result run(int count, int window) {
        long bytes = bytes();
        long cpu = cpu();
        long begun = System.nanoTime();
        start(count, window);
        await();
        return Result.of(nanos, System.nanoTime() - begun, cpu() - cpu, bytes() - bytes);
    }

    void start(int count, int window) {
        nanos = new long[count];
        context.runOnContext(v -> {
            for (int n = 0; n < window; n++) {
                emit();
            }
        });
    }

    void stop() {
        stopping = true;
        await();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void emit() {
        int n = emitted++;
        if (n < nanos.length) {
            String data = (System.nanoTime() + PADDING).substring(0, SIZE - BEGIN.length() - 2);
            before.apply(n).onComplete(v -> to.apply(n).emit(EVENT, data));
        }
    }

    private void received(long took) {
        if (received == nanos.length || stopping) {
            over.countDown();
            return;
        }
        nanos[received++] = took;
        if (received == nanos.length) {
            over.countDown();
        } else {
            emit();
        }
    }

    private static long time(String text) {
        return Long.parseLong(text, BEGIN.length(), text.indexOf('.'), 10);
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long bytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .sum();
    }
}
