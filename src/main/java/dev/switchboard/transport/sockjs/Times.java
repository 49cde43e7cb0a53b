package dev.switchboard.transport.sockjs;

/**
 * How long sessions wait, in milliseconds, and how much one response streams.
 *
 * @param tick how often sessions look at the clock
 * @param delay how long a session lasts without a receiver, and is remembered once closed ("disconnect delay")
 * @param heartbeat how long a receiver is left without a frame
 * @param stream how long one response streams: only a client that comes back is known to be there
 * @param bytes a response that streamed so many ends, since browsers keep all of it in memory (protocol, "response limit")
 */
record Times(long tick, long delay, long heartbeat, long stream, int bytes) {
    static final Times USUAL = new Times(1_000, 5_000, 25_000, 120_000, 128 * 1024);
}
