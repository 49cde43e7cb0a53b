/** Hostile input for every parser, of a seed: some of it in the tests, millions by {@code run.sh fuzz}. */
package dev.switchboard.fuzz;
