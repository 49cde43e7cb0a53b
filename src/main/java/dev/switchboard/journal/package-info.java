/**
 * What is kept of namespaces whose clients resume: a log for each room ({@link dev.switchboard.journal.RoomLog}) and a
 * record for each socket ({@link dev.switchboard.journal.SocketRecord}), as plain data that somebody keeps, and the port
 * {@link dev.switchboard.journal.Journal} to whoever does: one node for itself, or a cluster.
 *
 * <p>Knows wire alone. What is not said to be for any thread is changed by one thread at a time.
 */
@NullMarked
package dev.switchboard.journal;

import org.jspecify.annotations.NullMarked;
