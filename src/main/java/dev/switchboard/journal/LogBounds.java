package dev.switchboard.journal;

/**
 * How much of a log is kept.
 *
 * @param entries how many at most
 * @param bytes how large they may be together; a single one may be larger
 * @param windowMillis how long each is kept, at least as long as a client may be away
 * @param nodes how many nodes a cluster must have for anything to be written
 */
public record LogBounds(int entries, int bytes, long windowMillis, int nodes) {}
