package dev.switchboard.config;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Whether events are traced.
 *
 * @param clients what the trace is worth that a client says it is in
 */
public record TracingConfig(boolean enabled, Clients clients) {
    /** What becomes of the trace that a client brings. */
    public enum Clients {
        /** It goes on here, and the client says whether it is sampled. */
        JOIN,
        /** Another begins here, which names it. */
        LINK,
        /** Another begins here. */
        IGNORE
    }

    /**
     * Reads this section alone, before there is a node that could read the rest.
     *
     * @param json what the verticle is given as configuration, whatever that is
     * @throws ConfigurationException with every fault of the section, if there is one
     */
    public static TracingConfig read(JsonObject json, Map<String, String> environment) {
        Section root = Section.root(json);
        TracingConfig tracing = read(root.section("tracing", environment));
        if (!root.faults().isEmpty()) {
            throw new ConfigurationException(root.faults());
        }
        return tracing;
    }

    static TracingConfig read(Section tracing) {
        return new TracingConfig(
                tracing.key(
                                "enabled",
                                "the way of each event is told to what `OTEL_EXPORTER_OTLP_ENDPOINT` names; see"
                                        + " [Tracing](observability.md#tracing)")
                        .flag(false),
                tracing.key(
                                "clients",
                                "what the trace is worth that a client says it is in: `join`, it goes on here; `link`,"
                                        + " another begins, which names it; `ignore`, another begins")
                        .choice(Clients.JOIN));
    }
}
