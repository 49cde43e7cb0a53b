/**
 * What clients have in common that send and receive by HTTP requests: a session that outlives them, on the event loop where
 * it began. {@link dev.switchboard.transport.polling.Sessions} finds it from any other, {@link
 * dev.switchboard.transport.polling.Body} reads what a request brings, {@link dev.switchboard.transport.polling.Intake}
 * keeps its order while the socket pushes back, and {@link dev.switchboard.transport.polling.Mailbox} holds what waits for
 * the next request that receives.
 *
 * <p>Knows limit and wire.
 */
@NullMarked
package dev.switchboard.transport.polling;

import org.jspecify.annotations.NullMarked;
