package dev.switchboard.wire;

import org.jspecify.annotations.Nullable;

/**
 * Where in a trace something belongs, as the W3C writes it in headers: <a href="https://www.w3.org/TR/trace-context/">Trace
 * Context</a>. What a client brings may be anything, up to these lengths; {@code tracing} finds out whether it is one.
 *
 * @param parent {@code traceparent}: {@code 00-<trace>-<span>-<flags>}
 * @param state {@code tracestate}; empty when there is none
 */
public record TraceContext(String parent, String state) {
    private static final int PARENT = 55;
    private static final int LONGEST = 512;
    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;
    private static final int SPAN_TO = 52;

    /** Null when it is none at all. One whose state is too long has none. */
    public static @Nullable TraceContext of(@Nullable String parent, @Nullable String state) {
        if (parent == null || parent.length() < PARENT || parent.length() > LONGEST) {
            return null;
        }
        return new TraceContext(parent, state == null || state.length() > LONGEST ? "" : state);
    }

    /** Of one that a node has made. */
    public String traceId() {
        return parent.substring(TRACE_FROM, TRACE_TO);
    }

    /** Of one that a node has made. */
    public String spanId() {
        return parent.substring(TRACE_TO + 1, SPAN_TO);
    }
}
