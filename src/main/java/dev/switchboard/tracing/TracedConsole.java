package dev.switchboard.tracing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Standard output, each line with the ids of the span in which it was logged: so the lines of handlers have them, too. Named
 * in {@code logback.xml}.
 */
public final class TracedConsole extends ConsoleAppender<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
        @Nullable Context context = Vertx.currentContext();
        if (context != null
                && event instanceof LoggingEvent line
                && Tracing.of(context.owner()).spans() != null) {
            mark(line);
        }
        super.append(event);
    }

    private static void mark(LoggingEvent line) {
        SpanContext span = Span.current().getSpanContext();
        @Nullable Map<String, String> noted = MDC.getCopyOfContextMap();
        if (!span.isValid() || (noted != null && noted.containsKey("trace_id"))) {
            return;
        }
        Map<String, String> fields = noted == null ? new HashMap<>() : new HashMap<>(noted);
        fields.put("trace_id", span.getTraceId());
        fields.put("span_id", span.getSpanId());
        try {
            line.setMDCPropertyMap(fields);
        } catch (IllegalStateException seen) {
            // Another appender has had the line before, and its fields are fixed.
            return;
        }
    }
}
