/**
 * Socket.IO (protocols 5 and 4) over Engine.IO (protocols 4 and 3): one mount for all namespaces, several of which share a
 * client's connection.
 *
 * <pre>
 *   requests ──► Mount ──► Session ──► Namespaces ──► NamespaceConnection ──► socket
 *   WebSockets ─► Line ──────▲   packets        one for each CONNECT
 * </pre>
 *
 * A {@code Session} is a client of Engine.IO, whatever carries its packets: requests, a WebSocket, or first the one and then
 * the other. It lives on the event loop that took its first request, and is handed what comes in on any other.
 *
 * <p>Knows transport.websocket, transport.polling, hub, socket, resume, limit, wire and config.
 */
@NullMarked
package dev.switchboard.transport.socketio;

import org.jspecify.annotations.NullMarked;
