/**
 * SockJS (protocol 0.3.3). WebSockets are those of the neighbour package with SockJS's framing; the HTTP transports share
 * a {@code Session} that outlives its requests. A session belongs to whoever made its first request, lives on that
 * request's event loop, and is handed what later requests bring in on any other.
 *
 * <p>Knows transport.websocket, transport.polling, hub, socket, wire and config.
 */
@NullMarked
package dev.switchboard.transport.sockjs;

import org.jspecify.annotations.NullMarked;
