package dev.switchboard.bench.micro;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.config.TracingConfig;
import dev.switchboard.tracing.Tracing;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Inbound;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What an event pays for being traced, and for not being: it comes of a client, its handler emits it to the same client, and
 * it is written. All of it on one event loop, so that no hand-over between threads hides the rest. Spans are made, and
 * handed to one who forgets them.
 */
@State(Scope.Benchmark)
public class TracingBench {
    private static final int SOCKETS = 100;
    private static final int EACH = 10;

    private final Inbound say = Codec.EVENTS.decode(
            ("{\"event\":\"say\",\"data\":\"" + "x".repeat(128) + "\"}").getBytes(StandardCharsets.UTF_8), false);

    @Param({"off", "unsampled", "on"})
    public String tracing;

    private CountingHub hub;

    /** Tells the client what it said. */
    private static final class Echo extends EventVerticle {
        @Override
        protected void events(Events on) {
            on.event("say", (socket, data) -> socket.emit("said", data));
        }
    }

    /** Where the spans of a node go that has nobody to send them to. */
    private static final class Forgetful implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @Setup
    public void open() throws Exception {
        hub = new CountingHub(SOCKETS);
        hub.vertx().deployVerticle(new Echo()).await();
        if (!tracing.equals("off")) {
            SdkTracerProvider spans = SdkTracerProvider.builder()
                    .setSampler(tracing.equals("on") ? Sampler.alwaysOn() : Sampler.alwaysOff())
                    .addSpanProcessor(SimpleSpanProcessor.create(new Forgetful()))
                    .build();
            OpenTelemetrySdk sdk =
                    OpenTelemetrySdk.builder().setTracerProvider(spans).build();
            Tracing.of(hub.vertx()).begin(hub.vertx(), sdk, TracingConfig.Clients.JOIN);
        }
    }

    @TearDown
    public void close() {
        hub.close();
    }

    @Benchmark
    @OperationsPerInvocation(SOCKETS * EACH)
    public void event() throws Exception {
        hub.await(SOCKETS * EACH, () -> {
            for (int n = 0; n < EACH; n++) {
                hub.sockets().forEach(socket -> socket.received(say));
            }
        });
    }
}
