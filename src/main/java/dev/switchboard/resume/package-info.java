/**
 * What makes a socket outlive its connection: {@link dev.switchboard.resume.LogReaders} bring what is emitted to the sockets
 * of a hub in the order of the logs, a {@link dev.switchboard.resume.Life} is what is noted of one socket, and a {@link
 * dev.switchboard.resume.Replay} is what its client missed.
 *
 * <p>Knows journal, bus, wire and token. Everything lives on the event loop of a hub.
 */
@NullMarked
package dev.switchboard.resume;

import org.jspecify.annotations.NullMarked;
