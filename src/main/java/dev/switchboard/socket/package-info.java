/**
 * One client in one namespace: {@link dev.switchboard.socket.LiveSocket} is the state machine, with the order of its
 * events ({@code Lane}), what it was asked ({@code Asks}) and what waits to be written ({@code Outbox}). Transports
 * implement {@link dev.switchboard.socket.Connection}, the hub implements {@link dev.switchboard.socket.SocketHome}.
 *
 * <p>Knows routing, bus, limit, metrics, wire, token and config. Everything lives on the event loop of the socket's hub.
 */
@NullMarked
package dev.switchboard.socket;

import org.jspecify.annotations.NullMarked;
