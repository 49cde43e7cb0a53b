package dev.switchboard.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has, in bytes.
 *
 * @param resident as the kernel counts it (Linux)
 * @param heap what a collection of garbage left; 0 when it is no JVM
 */
record Memory(long resident, long heap) {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");
    private static final String JCMD =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

    static Memory of(Servers servers) throws InterruptedException {
        long pid = servers.process().pid();
        try {
            // The histogram of classes begins with a full collection.
            long heap = servers.peer().isJava() ? number(TOTAL, jcmd(pid, "GC.class_histogram")) : 0;
            return new Memory(1024 * number(RESIDENT, Files.readString(Path.of("/proc/" + pid + "/status"))), heap);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(JCMD, String.valueOf(pid), command).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
