/**
 * Plain WebSockets (RFC 6455): assembles messages, checks their UTF-8, and writes prebuilt frames below Vert.x, flushed
 * once per socket and turn of the event loop.
 *
 * <p>Knows hub, socket, wire and config. Lives on the event loop of its hub.
 */
@NullMarked
package dev.switchboard.transport.websocket;

import org.jspecify.annotations.NullMarked;
