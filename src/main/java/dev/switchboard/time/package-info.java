/**
 * What time it is for a node. {@link dev.switchboard.time.NodeClock} is what time limits of clients, tokens and what is kept are
 * measured by, so that the test kit can move them on.
 *
 * <p>Knows no other package. For any thread.
 */
@NullMarked
package dev.switchboard.time;

import org.jspecify.annotations.NullMarked;
