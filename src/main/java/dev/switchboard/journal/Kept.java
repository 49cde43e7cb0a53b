package dev.switchboard.journal;

/**
 * An entry at its place.
 *
 * @param before the entry before it
 */
public record Kept(Position position, long before, Entry entry) {}
