/**
 * Starts one node from the command line: {@code run <verticle>}, {@code example <name>}.
 *
 * And speaks to nodes that run: {@code deploy}, {@code undeploy}, {@code list}.
 *
 * <p>Neighbours: deployment, and config for what concerns the cluster, which is there before any verticle. It knows verticles only by the name of a class, so that every one is started in the same
 * way, whoever wrote it.
 *
 * <p>Thread: the JVM's main thread, and its shutdown hook.
 */
@NullMarked
package dev.switchboard.launch;

import org.jspecify.annotations.NullMarked;
