package dev.switchboard.it;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A crowd that comes and goes for long, at a node in a JVM of its own: {@code run.sh soak [--minutes N]}. When all have left
 * and what lingers is over, the node has what it had after a warm-up; else this exits with 1.
 */
public final class Soak {
    private static final int PER_SECOND = 20;
    private static final long WARM_UP_MILLIS = 30_000;

    /** The longest that anything lingers, and the longest time limit of a socket, and some more. */
    private static final long LINGER_MILLIS = 30_000;

    private static final int LOOKS = 6;

    /** How much more there may be at the end; of what is not here, nothing. */
    private static final Map<String, Long> TOLERATED =
            Map.of("heap, KB", 6_000L, "threads", 2L, "file descriptors", 2L, "all objects of Switchboard", 50L);

    private final Process node;
    private final BufferedReader out;
    private final PrintWriter in;

    private Soak(Process node) {
        this.node = node;
        this.out = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        this.in = new PrintWriter(new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8), true);
    }

    public static void main(String[] arguments) throws Exception {
        boolean given = arguments.length == 2 && arguments[0].equals("--minutes");
        if (!given && arguments.length > 0) {
            throw new IllegalArgumentException("soak [--minutes N]");
        }
        double minutes = given ? Double.parseDouble(arguments[1]) : 60;
        Soak soak = new Soak(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dswitchboard.log=error",
                        "-Dsoak.leak=" + Boolean.getBoolean("soak.leak"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SoakNode.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        boolean clean;
        try {
            clean = soak.run((long) (minutes * 60_000));
        } finally {
            soak.node.destroyForcibly();
        }
        System.exit(clean ? 0 : 1);
    }

    private boolean run(long millis) throws IOException, InterruptedException {
        int port = Integer.parseInt(out.readLine());
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        SoakCrowd crowd = new SoakCrowd(vertx, port);
        let(vertx, crowd, WARM_UP_MILLIS);
        Map<String, Long> before = settled(vertx, crowd, Map.of());
        System.out.println("After the warm-up: " + before);
        let(vertx, crowd, millis);
        Map<String, Long> after = settled(vertx, crowd, before);
        crowd.done().forEach((what, times) -> System.out.printf(Locale.ROOT, "%-36s %9d times%n", what, times));
        vertx.close().await();
        return print(before, after);
    }

    private static void let(Vertx vertx, SoakCrowd crowd, long millis) {
        io.vertx.core.Future.<Void>future(promise ->
                        vertx.runOnContext(v -> crowd.run(PER_SECOND, millis).onComplete(promise)))
                .await();
    }

    /** Counts once what lingers is over, and again while there is too much. */
    private Map<String, Long> settled(Vertx vertx, SoakCrowd crowd, Map<String, Long> before)
            throws IOException, InterruptedException {
        Map<String, Long> counts = Map.of();
        for (int look = 0;
                look < LOOKS && (counts.isEmpty() || !stays(before, counts).isEmpty());
                look++) {
            Thread.sleep(look == 0 ? LINGER_MILLIS : LINGER_MILLIS / 6);
            // Revocations whose tokens are over are forgotten at the next one.
            io.vertx.core.Future.<Void>future(
                            promise -> vertx.runOnContext(v -> crowd.logOut().onComplete(promise)))
                    .await();
            in.println("count");
            Map<String, Long> now = new TreeMap<>();
            new JsonObject(out.readLine())
                    .forEach(entry -> now.put(entry.getKey(), ((Number) entry.getValue()).longValue()));
            counts = now;
        }
        return counts;
    }

    private static Map<String, Long> stays(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> more = new TreeMap<>();
        before.forEach((what, count) -> {
            long grown = after.get(what) - count;
            if (grown > TOLERATED.getOrDefault(what, 0L)) {
                more.put(what, grown);
            }
        });
        return more;
    }

    private static boolean print(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> more = stays(before, after);
        System.out.printf("%n%-32s %10s %10s %10s%n", "what", "before", "after", "tolerated");
        before.forEach((what, count) -> System.out.printf(
                Locale.ROOT,
                "%-32s %10d %10d %+10d%s%n",
                what,
                count,
                after.get(what),
                TOLERATED.getOrDefault(what, 0L),
                more.containsKey(what) ? "   STAYS" : ""));
        System.out.println(more.isEmpty() ? "Nothing stays." : "Something stays.");
        return more.isEmpty();
    }
}
