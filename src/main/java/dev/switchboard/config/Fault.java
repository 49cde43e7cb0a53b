package dev.switchboard.config;

/**
 * One thing that is wrong in the configuration.
 *
 * @param path where: keys joined by dots, such as {@code http.port}, or the name of the environment variable
 * @param message what is wrong with it, without the path
 */
public record Fault(String path, String message) {}
