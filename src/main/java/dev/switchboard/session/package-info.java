/**
 * The HTTP sessions of visitors, where a socket's handler and a request see the same: vertx-web's store, local on one
 * node and in the cluster's memory on several, and {@link dev.switchboard.session.HttpSessions} to read and write a value
 * of it without a request.
 *
 * <p>Knows wire. For any thread.
 */
@NullMarked
package dev.switchboard.session;

import org.jspecify.annotations.NullMarked;
