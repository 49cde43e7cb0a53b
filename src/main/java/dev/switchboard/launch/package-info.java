/**
 * Starts one node from the command line: {@code run <verticle>}, {@code example <name>}.
 *
 * <p>Neighbours: none. It knows other packages only by the name of a class, so that every verticle is started in the
 * same way, whoever wrote it.
 *
 * <p>Thread: the JVM's main thread, and its shutdown hook.
 */
@NullMarked
package dev.switchboard.launch;

import org.jspecify.annotations.NullMarked;
