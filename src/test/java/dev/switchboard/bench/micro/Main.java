package dev.switchboard.bench.micro;

import java.util.ArrayList;
import java.util.List;

/** JMH with what every run here wants: the garbage, and few and short forks. Arguments are JMH's own and win. */
public final class Main {
    private static final List<String> USUAL =
            List.of("-f", "1", "-wi", "3", "-w", "1", "-i", "5", "-r", "1", "-tu", "ns", "-bm", "avgt", "-prof", "gc");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        for (int n = 0; n < USUAL.size(); n += 2) {
            if (!all.contains(USUAL.get(n))) {
                all.addAll(USUAL.subList(n, n + 2));
            }
        }
        org.openjdk.jmh.Main.main(all.toArray(String[]::new));
    }
}
