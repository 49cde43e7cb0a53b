package dev.switchboard.bus;

import dev.switchboard.token.User;

/**
 * A socket as lists show it.
 *
 * @param socket its id
 */
public record Member(String socket, User user) {}
