package dev.switchboard.bench.load;

/** One sample, and what it is of. */
record Result(String job, String title, String peer, int round, Sample sample) {}
