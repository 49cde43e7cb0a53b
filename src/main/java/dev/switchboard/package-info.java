/**
 * The public API. Handlers extend {@link dev.switchboard.EventVerticle}, act on a {@link dev.switchboard.Socket} or an
 * {@link dev.switchboard.Audience}, and code without a socket at hand starts at {@link dev.switchboard.Namespace}. {@link
 * dev.switchboard.Switchboard} is the verticle that starts a node; a {@link dev.switchboard.SocketIdVerticle} gives sockets
 * their ids, and {@link dev.switchboard.Nodes} asks all nodes.
 *
 * <p>What else application code sees: {@link dev.switchboard.wire.Payload}, {@link dev.switchboard.wire.EventException},
 * {@link dev.switchboard.wire.CloseReason}, {@link dev.switchboard.wire.Handshake}, {@link dev.switchboard.token.User} and
 * {@link dev.switchboard.bus.Member}, {@link dev.switchboard.bus.EmitFlag}, {@link dev.switchboard.bus.Answers} and {@link
 * dev.switchboard.bus.Answer}. All other types are internal, but for those of {@code dev.switchboard.client}, which connects
 * to a server, and of {@code dev.switchboard.testkit}.
 */
@NullMarked
package dev.switchboard;

import org.jspecify.annotations.NullMarked;
