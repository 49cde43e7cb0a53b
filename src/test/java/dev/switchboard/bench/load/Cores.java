package dev.switchboard.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which processors the servers have; the generator has the others. Where there are no others, or no {@code taskset}, nothing is
 * pinned.
 */
record Cores(List<Integer> servers, List<Integer> generator) {
    private static final boolean TASKSET = hasTaskset();

    /** @param servers such as {@code 1} or {@code 0,2} */
    static Cores of(String servers) {
        List<Integer> theirs = new ArrayList<>();
        for (String core : servers.split(",", -1)) {
            theirs.add(Integer.valueOf(core.trim()));
        }
        List<Integer> rest = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .boxed()
                .filter(core -> !theirs.contains(core))
                .toList();
        return new Cores(theirs, rest);
    }

    /** What goes before the command of a server. */
    List<String> pin() {
        return isPinned() ? List.of("taskset", "-c", list(servers)) : List.of();
    }

    /** Keeps this program to its own. */
    void pinThis() throws IOException, InterruptedException {
        if (isPinned()) {
            String self = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder("taskset", "-a", "-p", "-c", list(generator), self)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    private boolean isPinned() {
        return !generator.isEmpty() && !servers.isEmpty() && TASKSET;
    }

    private static boolean hasTaskset() {
        try {
            return new ProcessBuilder("taskset", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static String list(List<Integer> cores) {
        return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
