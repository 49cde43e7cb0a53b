/**
 * What travels between a client and the server: messages in both directions as sealed types, one {@link
 * dev.switchboard.wire.Codec} per dialect, and the two tables {@link dev.switchboard.wire.CloseReason} (the connection
 * ends) and {@link dev.switchboard.wire.ErrorCode} (the connection lives).
 *
 * <p>Knows none of the other packages. Everything here is immutable and may be used on any thread.
 */
@NullMarked
package dev.switchboard.wire;

import org.jspecify.annotations.NullMarked;
