/**
 * What the admin page shows and does: how this node is, how all of them are, who is connected, and the few things that can be
 * done about it. The page and its routes are HTTP's.
 *
 * <p>Knows metrics, bus, token, config and wire. Everything here may be used on any thread, and nothing blocks.
 */
@NullMarked
package dev.switchboard.admin;

import org.jspecify.annotations.NullMarked;
