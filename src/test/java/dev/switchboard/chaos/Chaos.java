package dev.switchboard.chaos;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code run.sh chaos [--minutes N] [--seed S] [--clients N] [--troubles KILL,CUT]}: three nodes and a crowd of clients that come back, who number
 * what they say; nodes are killed, paused, told to go down and cut off at random. Ends with 1 when anything that was emitted
 * was lost, doubled or reordered.
 */
public final class Chaos {
    private static final int NODES = 3;
    private static final int ROOMS = 20;
    private static final long BETWEEN_MILLIS = 12_000;

    /** Longer than a log of these nodes is not looked at: a third of the window. */
    private static final int QUIET_MILLIS = 25_000;

    /** Longer than it takes the others to miss a silent node. */
    private static final int LONG_SECONDS = 16;

    private enum Trouble {
        KILL,
        RESTART,
        PAUSE_SHORT,
        PAUSE_LONG,
        CUT,
        SHATTER
    }

    /** What takes one node, or none; {@code SHATTER}, which parts all of them, is for those who ask for it. */
    private static final List<Trouble> ONE_AT_A_TIME =
            List.of(Trouble.KILL, Trouble.RESTART, Trouble.PAUSE_SHORT, Trouble.PAUSE_LONG, Trouble.CUT);

    private final Random random;
    private final Land land;
    private final List<ChaosNode> nodes = new ArrayList<>();
    private final Path folder = Files.createTempDirectory("chaos");
    private final long begun = System.nanoTime();

    private final List<Trouble> troubles;

    private Chaos(long seed, List<Trouble> troubles, Land land) throws IOException {
        this.random = new Random(seed);
        this.troubles = troubles;
        this.land = land;
    }

    public static void main(String[] arguments) throws Exception {
        double minutes = 10;
        long seed = System.currentTimeMillis();
        int clients = 300;
        List<Trouble> troubles = ONE_AT_A_TIME;
        for (int n = 0; n + 1 < arguments.length; n += 2) {
            switch (arguments[n]) {
                case "--minutes" -> minutes = Double.parseDouble(arguments[n + 1]);
                case "--seed" -> seed = Long.parseLong(arguments[n + 1]);
                case "--clients" -> clients = Integer.parseInt(arguments[n + 1]);
                case "--troubles" ->
                    troubles = Stream.of(arguments[n + 1].split(","))
                            .map(Trouble::valueOf)
                            .toList();
                default ->
                    throw new IllegalArgumentException(
                            "chaos [--minutes N] [--seed S] [--clients N] [--troubles T,…], not " + arguments[n]);
            }
        }
        boolean whole;
        try (Land land = new Land(NODES)) {
            System.out.printf(
                    "seed %d, %d clients, %s%n",
                    seed,
                    clients,
                    land.hasNamespaces()
                            ? "each node in a network namespace"
                            : "no network namespaces here: nobody is cut off");
            whole = new Chaos(seed, troubles, land).run(clients, Duration.ofMillis((long) (minutes * 60_000)));
        }
        System.exit(whole ? 0 : 1);
    }

    private boolean run(int clients, Duration time) throws Exception {
        for (int n = 0; n < NODES; n++) {
            nodes.add(new ChaosNode(n, land, folder, NODES));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            nodes.forEach(ChaosNode::close);
            land.close();
        }));
        try {
            for (ChaosNode node : nodes) {
                node.start();
            }
            awaitMembers();
            List<String> urls = IntStream.range(0, NODES).mapToObj(land::url).toList();
            try (Crowd crowd = new Crowd(urls, clients, ROOMS, 1_500, QUIET_MILLIS)) {
                say(crowd, "begins");
                awaitTalk(crowd, 2 * clients);
                while (System.nanoTime() - begun < time.toNanos()) {
                    trouble(crowd);
                    awaitMembers();
                    sleep(crowd, BETWEEN_MILLIS);
                }
                say(crowd, "ends");
                return tell(crowd.sum());
            }
        } finally {
            nodes.forEach(ChaosNode::close);
        }
    }

    /** One thing at a time: what two losses at once may cost is said in the documentation. */
    private void trouble(Crowd crowd) throws Exception {
        List<Trouble> possible = new ArrayList<>(troubles);
        if (!land.hasNamespaces()) {
            possible.removeAll(List.of(Trouble.CUT, Trouble.SHATTER));
        }
        Trouble trouble = possible.get(random.nextInt(possible.size()));
        int victim = random.nextInt(NODES);
        ChaosNode node = nodes.get(victim);
        int seconds = 1 + random.nextInt(5);
        say(crowd, trouble + " of node " + victim);
        switch (trouble) {
            case KILL -> {
                node.kill();
                sleep(crowd, seconds * 1_000L);
                node.start();
            }
            case RESTART -> {
                int exit = node.terminate();
                if (exit != 0) {
                    System.out.println("  it ended with " + exit);
                }
                node.start();
            }
            case PAUSE_SHORT -> pause(crowd, node, seconds);
            case PAUSE_LONG -> pause(crowd, node, LONG_SECONDS + seconds);
            case CUT -> {
                land.cut(victim);
                sleep(crowd, (2 + random.nextInt(2) * LONG_SECONDS + seconds) * 1_000L);
                land.heal(victim);
            }
            case SHATTER -> {
                IntStream.range(0, NODES).forEach(land::cut);
                sleep(crowd, (2 + random.nextInt(2) * LONG_SECONDS + seconds) * 1_000L);
                IntStream.range(0, NODES).forEach(land::heal);
            }
        }
    }

    private void pause(Crowd crowd, ChaosNode node, int seconds) throws Exception {
        node.pause();
        sleep(crowd, seconds * 1_000L);
        node.resume();
    }

    /** Until the crowd is at it: the nodes are warm. */
    private void awaitTalk(Crowd crowd, int confirmed) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (crowd.progress().getInteger("confirmed", 0) < confirmed) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the crowd does not get going");
            }
            sleep(crowd, 2_000);
        }
    }

    /** Until all nodes see each other again, and have copies of what they keep. */
    private void awaitMembers() throws Exception {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!nodes.stream().allMatch(node -> node.sees(NODES))) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the nodes do not come together again");
            }
            Thread.sleep(250);
        }
    }

    private void sleep(Crowd crowd, long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < until) {
            Thread.sleep(Math.min(5_000, Math.max(1, (until - System.nanoTime()) / 1_000_000)));
            say(crowd, "");
        }
    }

    private void say(Crowd crowd, String what) {
        JsonObject now = crowd.progress();
        System.out.printf(
                "%4d s  open %d, sent %d, confirmed %d, unconfirmed %d, waiting %d, received %d, resumed %d, not %d  %s%n",
                (System.nanoTime() - begun) / 1_000_000_000,
                now.getInteger("open", 0),
                now.getInteger("sent", 0),
                now.getInteger("confirmed", 0),
                now.getInteger("unconfirmed", 0),
                now.getInteger("waiting", 0),
                now.getInteger("received", 0),
                now.getInteger("resumed", 0),
                now.getInteger("notResumed", 0),
                what);
    }

    private boolean tell(JsonObject sum) throws IOException {
        int twice = closedTwice();
        System.out.printf(
                "sent %d (emitted %d, unconfirmed %d %s)%ndue %d, lost %d, doubled %d, reordered %d, told-not-resumed %d %s, resumed %d, closed twice %d%n",
                sum.getInteger("sent"),
                sum.getInteger("confirmed"),
                sum.getInteger("unconfirmed") + sum.getInteger("waiting"),
                sum.getJsonObject("failures").encode(),
                sum.getInteger("expected"),
                sum.getInteger("lost"),
                sum.getInteger("doubled"),
                sum.getInteger("reordered"),
                sum.getInteger("notResumed"),
                sum.getJsonObject("reasons").encode(),
                sum.getInteger("resumed"),
                twice);
        if (!sum.getJsonArray("examples").isEmpty()) {
            System.out.println("lost: " + sum.getJsonArray("examples").encode());
        }
        if (!sum.getJsonArray("twice").isEmpty()) {
            System.out.println("doubled: " + sum.getJsonArray("twice").encode());
        }
        if (sum.getInteger("lost") + sum.getInteger("doubled") > 0) {
            System.out.println("what the nodes said is in " + folder);
        }
        boolean explained = !sum.getJsonObject("reasons").containsKey("none given");
        boolean heard = sum.getInteger("confirmed") > 0 && sum.getInteger("expected") > sum.getInteger("confirmed");
        return heard
                && explained
                && sum.getInteger("lost") + sum.getInteger("doubled") + sum.getInteger("reordered") + twice == 0;
    }

    private int closedTwice() throws IOException {
        List<String> closed = new ArrayList<>();
        for (ChaosNode node : nodes) {
            for (String said : node.said()) {
                closed.addAll(Pattern.compile("closed (\\S+)")
                        .matcher(said)
                        .results()
                        .map(MatchResult::group)
                        .toList());
            }
        }
        return (int) closed.stream()
                .distinct()
                .filter(one -> Collections.frequency(closed, one) > 1)
                .count();
    }
}
