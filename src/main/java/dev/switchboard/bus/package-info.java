/**
 * What hubs and handlers say to each other over the event bus, and where: {@link dev.switchboard.bus.Addresses} spells
 * every address, {@link dev.switchboard.bus.HubMessage} is what handlers tell hubs, {@link
 * dev.switchboard.bus.EventMessage} what hubs tell handlers, {@link dev.switchboard.bus.Hubs} the way to the hubs.
 *
 * <p>Knows wire and token. Messages are immutable and pass by reference within one JVM. Everything here may be used on
 * any thread.
 */
@NullMarked
package dev.switchboard.bus;

import org.jspecify.annotations.NullMarked;
