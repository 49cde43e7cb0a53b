/**
 * The configuration as immutable records: {@link dev.switchboard.config.SwitchboardConfig#read} takes the JSON that
 * Vert.x was started with and the environment, checks the whole tree, and either returns the records or reports all
 * faults together. Each key's default stands once, where the key is read.
 *
 * <p>Knows none of the other packages; each of them gets only its own record. Everything here is immutable and may be
 * used on any thread; only {@code read} itself may block, since it reads the key file.
 */
@NullMarked
package dev.switchboard.config;

import org.jspecify.annotations.NullMarked;
