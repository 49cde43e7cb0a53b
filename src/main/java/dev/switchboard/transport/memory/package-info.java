/**
 * Connections within the JVM: no bytes cross a network, all else is as with any transport. {@link
 * dev.switchboard.transport.memory.MemoryTransport} brings them to the hub of an event loop, for the test kit and whatever
 * else runs beside the node.
 *
 * <p>Knows the hub, socket, wire, token and config. A {@link dev.switchboard.transport.memory.MemoryConnection} lives on the
 * event loop of its hub, a {@link dev.switchboard.transport.memory.MemoryLine} is for any thread.
 */
@NullMarked
package dev.switchboard.transport.memory;

import org.jspecify.annotations.NullMarked;
