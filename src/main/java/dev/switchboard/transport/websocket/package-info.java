/**
 * Plain WebSockets (RFC 6455), and their compression (RFC 7692): after Vert.x's handshake reads frames more strictly than
 * Vert.x does, assembles messages, and writes prebuilt frames, flushed once per socket and turn of the event loop.
 *
 * <pre>
 *   bytes ──► text check ──► Netty's decoder ──► rules ──► inflation ──► reader ──► assembler ──► socket
 * </pre>
 *
 * <p>Knows hub, socket, wire and config. Lives on the event loop of its hub.
 */
@NullMarked
package dev.switchboard.transport.websocket;

import org.jspecify.annotations.NullMarked;
