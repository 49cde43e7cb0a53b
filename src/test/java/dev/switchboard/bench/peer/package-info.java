/**
 * Servers that Switchboard is measured beside, each set up as its own documentation advises for speed. They take the events of
 * {@code run.sh bench server}, verify the same tokens, and print where they are.
 *
 * <p>Each has one event loop, and all its state there.
 */
package dev.switchboard.bench.peer;
