package dev.switchboard.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where spans go: to the OpenTelemetry that the application, or its Java agent, has made the global one; else to one of its
 * own, which the variables {@code OTEL_…} and system properties {@code otel.…} describe.
 */
public final class Telemetry implements AutoCloseable {
    private static final long LAST_SPANS_SECONDS = 5;

    private static final String NAME = "otel.service.name";

    private final OpenTelemetry telemetry;
    private final @Nullable OpenTelemetrySdk own;

    private Telemetry(OpenTelemetry telemetry, @Nullable OpenTelemetrySdk own) {
        this.telemetry = telemetry;
        this.own = own;
    }

    /**
     * Begins to export. It may block: call it at the start only.
     *
     * @param shared whether one of its own becomes the global one, which handlers find: where the JVM is the node's
     * @throws IllegalArgumentException when the variables say what cannot be, with a message for who set them
     */
    public static Telemetry begin(boolean shared) {
        if (GlobalOpenTelemetry.isSet()) {
            return new Telemetry(GlobalOpenTelemetry.get(), null);
        }
        try {
            AutoConfiguredOpenTelemetrySdkBuilder builder = AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(Telemetry::usual)
                    .addPropertiesCustomizer(Telemetry::named)
                    // The node says when it ends, and what it has done by then is exported.
                    .disableShutdownHook();
            OpenTelemetrySdk sdk =
                    (shared ? builder.setResultAsGlobal() : builder).build().getOpenTelemetrySdk();
            return new Telemetry(sdk, sdk);
        } catch (ConfigurationException | IllegalStateException e) {
            throw new IllegalArgumentException("tracing cannot begin: " + e.getMessage(), e);
        }
    }

    /** What holds where no variable says otherwise: spans alone, and by the protocol that needs no library of its own. */
    private static Map<String, String> usual() {
        return Map.of(
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none");
    }

    private static Map<String, String> named(ConfigProperties given) {
        boolean isNamed = given.getString(NAME) != null
                || given.getMap("otel.resource.attributes").containsKey("service.name");
        return isNamed ? Map.of() : Map.of(NAME, "switchboard");
    }

    public OpenTelemetry api() {
        return telemetry;
    }

    /** By which Vert.x itself traces what handlers ask others. */
    public VertxTracerFactory forVertx() {
        return new OpenTelemetryTracingFactory(telemetry);
    }

    /** Exports what there still is, unless it is not its own. Blocks, for a few seconds at most. */
    @Override
    public void close() {
        if (own != null) {
            own.shutdown().join(LAST_SPANS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
