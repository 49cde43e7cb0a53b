/**
 * The public API. Handlers extend {@link dev.switchboard.EventVerticle}, act on a {@link dev.switchboard.Socket} or an
 * {@link dev.switchboard.Audience}, and code without a socket at hand starts at {@link dev.switchboard.Namespace}. {@link
 * dev.switchboard.Switchboard} is the verticle that starts a node.
 *
 * <p>What else application code sees: {@link dev.switchboard.wire.Payload}, {@link dev.switchboard.wire.EventException},
 * {@link dev.switchboard.wire.CloseReason}, {@link dev.switchboard.wire.Handshake}, {@link dev.switchboard.token.User} and
 * {@link dev.switchboard.bus.Member}. All other types are internal.
 */
@NullMarked
package dev.switchboard;

import org.jspecify.annotations.NullMarked;
