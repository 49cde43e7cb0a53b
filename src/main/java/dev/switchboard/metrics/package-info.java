/**
 * What a node counts, and how Prometheus reads it. The only place where meters are named: in {@link
 * dev.switchboard.metrics.Meter}.
 *
 * <p>Knows wire and config. Everything here may be used on any thread, and nothing blocks.
 */
@NullMarked
package dev.switchboard.metrics;

import org.jspecify.annotations.NullMarked;
