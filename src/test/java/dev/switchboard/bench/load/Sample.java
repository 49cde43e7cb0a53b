package dev.switchboard.bench.load;

import java.util.List;
import java.util.Map;

/**
 * What one measurement of one server has shown.
 *
 * @param figures by name and unit, in the order of the table
 * @param serverCpu the share of its processors that the server was busy
 * @param generatorCpu the same of the generator
 * @param bound whether the server had to wait for the generator
 * @param faults what makes the figures worthless
 */
record Sample(Map<String, Double> figures, double serverCpu, double generatorCpu, boolean bound, List<String> faults) {
    static Sample failed(String why) {
        return new Sample(Map.of(), 0, 0, false, List.of(why));
    }
}
