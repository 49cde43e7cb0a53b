package dev.switchboard.tracing;

import dev.switchboard.config.TracingConfig;
import dev.switchboard.wire.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.internal.ContextInternal;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The spans of an event on its way: received of a client, handled, emitted, delivered; and of a question that clients or
 * nodes are asked. They name events, namespaces and sockets, and neither data nor users, nor rooms, which may be called after
 * them. For any thread.
 */
public final class Spans {
    /** Of what Switchboard alone knows. */
    private static final String OWN = "switchboard";

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> EVENT = AttributeKey.stringKey(OWN + ".event");
    private static final AttributeKey<String> SOCKET = AttributeKey.stringKey(OWN + ".socket");
    private static final AttributeKey<String> NODE = AttributeKey.stringKey(OWN + ".node");
    private static final AttributeKey<String> TO = AttributeKey.stringKey(OWN + ".to");
    private static final AttributeKey<Long> RECEIVERS = AttributeKey.longKey(OWN + ".receivers");

    private static final TextMapGetter<TraceContext> READ = Spans::header;

    private final Tracer tracer;
    private final String node;
    private final TracingConfig.Clients clients;

    Spans(Tracer tracer, String node, TracingConfig.Clients clients) {
        this.tracer = tracer;
        this.node = node;
        this.clients = clients;
    }

    /**
     * A client's event has come; it ends when the client would be answered. The event may be called anything, and so the
     * span is not called after it until somebody handles it.
     *
     * @param given where the client says that it belongs; what is no context counts as none
     */
    public OpenSpan received(String namespace, String event, String socket, @Nullable TraceContext given) {
        SpanBuilder span = builder("receive", "receive", SpanKind.SERVER, namespace, event)
                .setAttribute(SOCKET, socket)
                .setNoParent();
        if (given != null && clients != TracingConfig.Clients.IGNORE) {
            Context said = read(given);
            if (clients == TracingConfig.Clients.JOIN) {
                span.setParent(said);
            } else {
                span.addLink(Span.fromContext(said).getSpanContext());
            }
        }
        return new OpenSpan(span.startSpan(), Context.root());
    }

    /** A handler, or a middleware, begins with an event of a socket. */
    public OpenSpan handled(String namespace, String event, String socket, @Nullable TraceContext from) {
        Context parent = from == null ? Context.root() : read(from);
        SpanBuilder span = builder("handle", "process", SpanKind.CONSUMER, namespace, event)
                .setAttribute(SOCKET, socket)
                .setParent(parent);
        return new OpenSpan(span.startSpan(), parent);
    }

    /**
     * An event for clients sets out, from whatever is traced on this thread or context.
     *
     * @param to what kind of target it has
     */
    public OpenSpan emitted(String namespace, String event, String to) {
        return sent("emit", SpanKind.PRODUCER, namespace, event, to);
    }

    /** The same of a question; it ends with the answer, or when none can come any more. */
    public OpenSpan asked(String namespace, String event, String to) {
        return sent("ask", SpanKind.CLIENT, namespace, event, to);
    }

    private OpenSpan sent(String operation, SpanKind kind, String namespace, String event, String to) {
        Context parent = Context.current();
        SpanBuilder span = builder(operation, "send", kind, namespace, event)
                .setAttribute(TO, to)
                .setParent(parent);
        return new OpenSpan(span.startSpan(), parent);
    }

    /**
     * Nodes are asked something, from whatever is traced on this thread or context; it ends when they have answered, or can
     * not any more.
     *
     * @param what one of a few
     * @param namespace whose sockets it is about; empty when it is about none
     * @param to what kind of target it has
     */
    public OpenSpan askedNodes(String what, String namespace, String to) {
        Context parent = Context.current();
        SpanBuilder span = builder(what, SpanKind.CLIENT, "ask nodes", "send", namespace)
                .setAttribute(TO, to)
                .setParent(parent);
        return new OpenSpan(span.startSpan(), parent);
    }

    /** This node begins to answer what it, or another one, was asked. */
    public OpenSpan answered(String what, String namespace, TraceContext from) {
        Context parent = read(from);
        SpanBuilder span = builder("answer " + what, SpanKind.SERVER, "answer", "process", namespace)
                .setParent(parent);
        return new OpenSpan(span.startSpan(), parent);
    }

    /** Runs something, at once, so that whatever it begins belongs to a span of this node. */
    public <T> T within(TraceContext trace, Supplier<T> action) {
        return OpenSpan.within(read(trace), ContextInternal.current(), action);
    }

    /** An event loop has written an event to those of its clients that it is for. */
    public void delivered(String namespace, String event, TraceContext from, Instant begun, int receivers) {
        builder("deliver", "process", SpanKind.CONSUMER, namespace, event)
                .setAttribute(RECEIVERS, (long) receivers)
                .setParent(read(from))
                .setStartTimestamp(begun)
                .startSpan()
                .end();
    }

    private SpanBuilder builder(String operation, String type, SpanKind kind, String namespace, String event) {
        String name = kind == SpanKind.SERVER ? operation : operation + " " + event;
        return builder(name, kind, operation, type, namespace).setAttribute(EVENT, event);
    }

    private SpanBuilder builder(String name, SpanKind kind, String operation, String type, String namespace) {
        SpanBuilder span = tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setAttribute(SYSTEM, OWN)
                .setAttribute(OPERATION, operation)
                .setAttribute(TYPE, type);
        if (!namespace.isEmpty()) {
            span.setAttribute(NAMESPACE, namespace);
        }
        return node.isEmpty() ? span : span.setAttribute(NODE, node);
    }

    private static @Nullable String header(@Nullable TraceContext text, String name) {
        if (text == null) {
            return null;
        }
        return name.equals("traceparent") ? text.parent() : text.state();
    }

    private static Context read(TraceContext text) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), text, READ);
    }
}
