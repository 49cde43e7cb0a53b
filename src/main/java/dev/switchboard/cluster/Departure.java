package dev.switchboard.cluster;

import dev.switchboard.bus.Target;
import dev.switchboard.token.User;

/**
 * A user was at a place only through nodes that are lost.
 *
 * @param count how many users are there now
 */
record Departure(Target place, User user, int count) {}
