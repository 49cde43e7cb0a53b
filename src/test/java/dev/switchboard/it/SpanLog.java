package dev.switchboard.it;

import static org.awaitility.Awaitility.await;

import dev.switchboard.config.TracingConfig;
import dev.switchboard.tracing.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The spans that nodes have ended, each node by itself. */
final class SpanLog implements AutoCloseable {
    private record Exported(InMemorySpanExporter spans, OpenTelemetrySdk sdk) {
        static Exported with(Sampler sampler) {
            InMemorySpanExporter spans = InMemorySpanExporter.create();
            SdkTracerProvider provider = SdkTracerProvider.builder()
                    .setSampler(sampler)
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build();
            return new Exported(
                    spans,
                    OpenTelemetrySdk.builder().setTracerProvider(provider).build());
        }
    }

    private final List<Exported> nodes;

    private SpanLog(List<Exported> nodes) {
        this.nodes = nodes;
    }

    /** One that nobody writes to yet. */
    static SpanLog alone() {
        return new SpanLog(List.of(Exported.with(Sampler.alwaysOn())));
    }

    /** Traces what the nodes do from now on. */
    static SpanLog of(TestServer server, TracingConfig.Clients clients) {
        return of(server, clients, Sampler.parentBased(Sampler.alwaysOn()));
    }

    static SpanLog of(TestServer server, TracingConfig.Clients clients, Sampler sampler) {
        List<Exported> nodes = IntStream.range(0, server.nodes())
                .mapToObj(n -> Exported.with(sampler))
                .toList();
        for (int n = 0; n < nodes.size(); n++) {
            Vertx vertx = server.vertx(n);
            Tracing.of(vertx).begin(vertx, nodes.get(n).sdk(), clients);
        }
        return new SpanLog(nodes);
    }

    OpenTelemetrySdk sdk() {
        return nodes.get(0).sdk();
    }

    List<SpanData> of(int node) {
        return nodes.get(node).spans().getFinishedSpanItems();
    }

    List<SpanData> all() {
        return IntStream.range(0, nodes.size())
                .boxed()
                .flatMap(n -> of(n).stream())
                .toList();
    }

    /** Those of this name, wherever they ended. */
    Stream<SpanData> named(String name) {
        return all().stream().filter(span -> span.getName().equals(name));
    }

    /** The first one that there is, or comes. */
    SpanData await1(Predicate<SpanData> which) {
        await().atMost(Inbox.DEADLINE).until(() -> all().stream().anyMatch(which));
        return all().stream().filter(which).findFirst().orElseThrow();
    }

    SpanData await1(String name) {
        return await1(span -> span.getName().equals(name));
    }

    /** The value of an attribute of Switchboard's own. */
    static Object own(SpanData span, String attribute) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals("switchboard." + attribute))
                .map(entry -> entry.getValue())
                .findFirst()
                .orElse(null);
    }

    static String error(SpanData span) {
        return span.getAttributes().get(AttributeKey.stringKey("error.type"));
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.sdk().close());
    }
}
