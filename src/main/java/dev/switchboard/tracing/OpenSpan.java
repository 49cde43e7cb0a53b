package dev.switchboard.tracing;

import dev.switchboard.wire.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.vertx.core.internal.ContextInternal;
import io.vertx.tracing.opentelemetry.VertxContextStorageProvider.VertxContextStorage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A span that has begun. It ends once; what is said of it afterwards is lost. For any thread. */
public final class OpenSpan {
    /** What a failure is called that has no code of the few (OpenTelemetry's own word for it). */
    public static final String OTHER = "_OTHER";

    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final Span span;
    private final Context context;
    private @Nullable TraceContext text;

    OpenSpan(Span span, Context parent) {
        this.span = span;
        this.context = parent.with(span);
    }

    /** For what goes on from here, on another thread or node. */
    public TraceContext context() {
        TraceContext known = text;
        if (known == null) {
            known = written();
            text = known;
        }
        return known;
    }

    private TraceContext written() {
        String[] both = {"", ""};
        W3CTraceContextPropagator.getInstance().inject(context, both, (carrier, key, value) -> {
            if (carrier != null) {
                carrier[key.equals("traceparent") ? 0 : 1] = value;
            }
        });
        return new TraceContext(both[0], both[1]);
    }

    /** Somebody handles the event, so that it is one of a few. */
    public void routed(String event) {
        span.updateName("receive " + event);
    }

    /**
     * Runs something, at once, so that whatever it begins belongs to the span: on a context of its own, beside others that
     * Vert.x has of the same verticle, since another event may begin before this one is over.
     */
    public <T> T within(io.vertx.core.Context verticle, Supplier<T> action) {
        return within(context, (ContextInternal) verticle, action);
    }

    static <T> T within(Context context, ContextInternal verticle, Supplier<T> action) {
        ContextInternal own = verticle.duplicate();
        VertxContextStorage.INSTANCE.attach(own, context);
        ContextInternal before = own.beginDispatch();
        try {
            return action.get();
        } finally {
            own.endDispatch(before);
        }
    }

    /**
     * It is over.
     *
     * @param failure the code of what went wrong; null when nothing did
     */
    public void end(@Nullable String failure) {
        if (failure != null) {
            span.setAttribute(ERROR, failure).setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
