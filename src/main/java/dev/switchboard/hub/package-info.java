/**
 * The sockets of one event loop: {@link dev.switchboard.hub.Hub} finds them by id, user and room, takes what handlers say
 * off the bus and hands it to those that are meant. An event is encoded once per dialect, whatever the number of its
 * receivers.
 *
 * <p>Knows socket, routing, bus, wire, token and config. Each hub lives on one event loop and shares nothing with the
 * others: no locks.
 */
@NullMarked
package dev.switchboard.hub;

import org.jspecify.annotations.NullMarked;
