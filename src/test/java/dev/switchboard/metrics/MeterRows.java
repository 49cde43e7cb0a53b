package dev.switchboard.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows of the table of meters in the pages. */
public final class MeterRows {
    private MeterRows() {}

    /** Name, type, unit, labels and meaning of each, by the name that Prometheus knows it by. */
    public static Map<String, List<String>> all() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Meter meter : Meter.values()) {
            put(rows, meter.family(), meter.type(), meter, meter.meaning());
            if (meter.type() == Meter.Type.TIMER) {
                put(rows, meter.family() + "_max", Meter.Type.GAUGE, meter, "the longest of them");
            }
        }
        return rows;
    }

    private static void put(Map<String, List<String>> rows, String name, Meter.Type type, Meter meter, String meaning) {
        String unit = meter.unit() == Meter.Unit.NONE ? "" : Meters.name(meter.unit());
        String labels = meter.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        rows.put(name, List.of("`" + name + "`", Meters.name(type), unit, labels, meaning));
    }
}
