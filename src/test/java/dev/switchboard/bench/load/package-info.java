/**
 * Measures Switchboard beside other servers: {@code run.sh bench}. {@link dev.switchboard.bench.load.Main} reads what is
 * asked, {@link dev.switchboard.bench.load.Bench} starts the servers and goes round them, a
 * {@link dev.switchboard.bench.load.Job} has the {@link dev.switchboard.bench.load.Case}s to measure, a
 * {@link dev.switchboard.bench.load.Plan} says who sends what to whom, {@link dev.switchboard.bench.load.Traffic} does it
 * and the {@link dev.switchboard.bench.load.Ledger} keeps account of every delivery.
 *
 * <p>All clients of a measurement live on one event loop, and so does everything that counts; the main thread waits.
 */
package dev.switchboard.bench.load;
