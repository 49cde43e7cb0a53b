package dev.switchboard.bench.load;

import java.util.List;
import java.util.function.Function;

/**
 * A question about servers.
 *
 * @param title what is measured
 * @param cases the measurements that answer it
 */
record Job(String name, String title, Function<Settings, List<Case>> cases) {}
