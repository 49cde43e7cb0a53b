package dev.switchboard.bench.load;

/** One measurement, which each server takes in turn. */
interface Case {
    String title();

    /** How many nodes each server has. */
    default int nodes() {
        return 1;
    }

    /** Whether servers start anew for each sample. */
    default boolean isFresh() {
        return false;
    }

    Sample measure(Generator generator, Servers servers, Settings settings) throws InterruptedException;
}
