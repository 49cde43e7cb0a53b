/**
 * Traces of events by OpenTelemetry, of which nothing else here knows. Whoever passes an event on asks {@link
 * dev.switchboard.tracing.Tracing} for its spans, and gets null while nothing is traced.
 *
 * <p>Neighbours: {@code wire} and {@code config} below; {@code bus}, {@code socket}, {@code hub} and {@code handler} make
 * spans. For any thread.
 */
@NullMarked
package dev.switchboard.tracing;

import org.jspecify.annotations.NullMarked;
