/**
 * The door: one HTTP verticle per event loop with pages, page tokens, health, and the upgrades to sockets. The only
 * package beside the transports that knows vertx-web.
 *
 * <p>Knows the hub and the transports, which it deploys and mounts, and the rooms below them. Everything lives on the
 * event loop of its verticle.
 */
@NullMarked
package dev.switchboard.http;

import org.jspecify.annotations.NullMarked;
