/**
 * The server of benchmarks: a few events that any load generator can drive, each handled by workers over the bus. Its
 * configuration stands in {@code conf/bench/server.json}.
 *
 * <p>Uses the public API only; nothing else knows it. The handlers run on worker threads.
 */
@NullMarked
package bench;

import org.jspecify.annotations.NullMarked;
