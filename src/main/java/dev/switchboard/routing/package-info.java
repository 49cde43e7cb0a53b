/**
 * Which handler an event goes to: the configuration's mapping of event names to verticles, joined with the instances
 * that run, and the instances of middleware on this node.
 *
 * <p>Knows bus, wire and config. {@link dev.switchboard.routing.Routes} lives on one hub's event loop.
 */
@NullMarked
package dev.switchboard.routing;

import org.jspecify.annotations.NullMarked;
