/**
 * What comes in, counted against its bounds: {@link dev.switchboard.limit.Places} for connections, {@link
 * dev.switchboard.limit.Pace} for the events of one socket, {@link dev.switchboard.limit.Bounds} for all that the event
 * loops of a node share. The only place that knows token buckets.
 *
 * <p>Knows metrics, wire and config. What is shared is for any thread, what belongs to one socket says so.
 */
@NullMarked
package dev.switchboard.limit;

import org.jspecify.annotations.NullMarked;
