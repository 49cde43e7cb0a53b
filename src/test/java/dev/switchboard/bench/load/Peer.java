package dev.switchboard.bench.load;

import dev.switchboard.bench.peer.NettyPeer;
import dev.switchboard.bench.peer.NettySocketIoPeer;
import dev.switchboard.bench.peer.VertxPeer;
import dev.switchboard.bench.peer.VertxSockJsPeer;
import dev.switchboard.launch.Program;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A kind of server: what starts it, and how it is spoken to.
 *
 * @param dialects what its clients speak, in turn
 * @param nodes whether several of them can make a cluster
 */
record Peer(String name, List<Dialect> dialects, List<String> command, boolean nodes) {
    /** What Switchboard itself is called. */
    static final String SWITCHBOARD = "switchboard";

    /** The same over SockJS. */
    private static final String SOCKJS = "sockjs";

    /** One half over SockJS, the other over its plain WebSocket. */
    private static final String MIXED = "mixed";

    /** The same with {@code resume}. */
    private static final String RESUME = "resume";

    /** The same with handlers on an event loop. */
    private static final String EVENT_LOOP = "event-loop";

    /** The same with two event loops that serve clients. */
    private static final String TWO_LOOPS = "two-loops";

    /** What is different in the configuration of those that are not as they come. */
    private static final Map<String, String> CHANGES = Map.of(
            EVENT_LOOP, "{\"handlers\":{\"bench.BenchHandler\":{\"threading\":\"event-loop\"}}}",
            TWO_LOOPS, "{\"http\":{\"instances\":2}}",
            RESUME, "{\"namespaces\":{\"/\":{\"resume\":{}}}}");

    private static final List<Dialect> EVENTS = List.of(new EventsDialect());
    private static final List<Dialect> OVER_SOCKJS = List.of(new SockJsDialect());
    private static final List<Dialect> OVER_BOTH = List.of(new SockJsDialect(), new EventsDialect("/sockjs/websocket"));

    private static final String MAIN = "dev.switchboard.launch.Main";

    /** What all others are compared with. */
    static final String REFERENCE = "socketio";

    /** All that are known, in the order of the tables. */
    static final List<String> NAMES = List.of(
            SWITCHBOARD,
            EVENT_LOOP,
            TWO_LOOPS,
            SOCKJS,
            MIXED,
            RESUME,
            REFERENCE,
            "netty-socketio",
            "ws",
            "vertx",
            "vertx-sockjs",
            "vertx-mixed",
            "netty",
            "netty-joined");

    private static final Path SCRIPTS = Path.of("src/test/js/bench").toAbsolutePath();

    /**
     * @param name one of {@link #NAMES}; or a file, the jar of another build of Switchboard; or one of Switchboard's own
     *     names and a jar, {@code resume:before.jar}
     */
    static Peer of(String name) {
        if (name.endsWith(".jar")) {
            int colon = name.indexOf(':');
            return switchboard(
                    name,
                    colon < 0 ? SWITCHBOARD : name.substring(0, colon),
                    List.of("-jar", jar(name.substring(colon + 1))));
        }
        return switch (name) {
            case SWITCHBOARD, EVENT_LOOP, TWO_LOOPS, SOCKJS, MIXED, RESUME ->
                switchboard(name, name, List.of("-cp", classPath(), MAIN));
            case REFERENCE -> node(name, new SocketIoDialect(), Redis.isInstalled());
            case "ws" -> node(name, new EventsDialect(), false);
            case "netty-socketio" -> new Peer(name, List.of(new SocketIoDialect()), nettySocketIo(), false);
            case "vertx" -> java(name, EVENTS, VertxPeer.class);
            case "vertx-sockjs" -> java(name, OVER_SOCKJS, VertxSockJsPeer.class);
            case "vertx-mixed" -> java(name, OVER_BOTH, VertxSockJsPeer.class);
            case "netty" -> java(name, EVENTS, NettyPeer.class);
            case "netty-joined" -> java(name, EVENTS, NettyPeer.class, "joined");
            default -> throw new IllegalArgumentException("there is no server '" + name + "': " + NAMES);
        };
    }

    Dialect dialect(int client) {
        return dialects.get(client % dialects.size());
    }

    boolean isJava() {
        return command.get(0).equals(Program.JAVA);
    }

    private static Peer switchboard(String name, String kind, List<String> build) {
        List<String> command = new ArrayList<>(build);
        command.addAll(List.of("bench", "server"));
        List<Dialect> dialects = switch (kind) {
            case SWITCHBOARD, EVENT_LOOP, TWO_LOOPS, RESUME -> EVENTS;
            case SOCKJS -> OVER_SOCKJS;
            case MIXED -> OVER_BOTH;
            default -> throw new IllegalArgumentException("there is no Switchboard '" + kind + "' to start from a jar");
        };
        if (CHANGES.containsKey(kind)) {
            command.addAll(List.of("-conf", CHANGES.get(kind)));
        }
        return new Peer(name, dialects, java(command.toArray(String[]::new)), true);
    }

    private static String jar(String file) {
        Path jar = Path.of(file).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("there is no jar " + jar);
        }
        return jar.toString();
    }

    private static Peer node(String name, Dialect dialect, boolean nodes) {
        return new Peer(
                name,
                List.of(dialect),
                List.of("node", SCRIPTS.resolve(name + ".mjs").toString()),
                nodes);
    }

    private static Peer java(String name, List<Dialect> dialects, Class<?> main, String... arguments) {
        List<String> program = new ArrayList<>(List.of("-cp", classPath(), main.getName()));
        program.addAll(List.of(arguments));
        return new Peer(name, dialects, java(program.toArray(String[]::new)), false);
    }

    /** With Jackson's databind, which it needs; where Vert.x finds that it reads JSON in another way. */
    private static List<String> nettySocketIo() {
        return java("-cp", absolute(System.getProperty("java.class.path")), NettySocketIoPeer.class.getName());
    }

    private static String classPath() {
        return absolute(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("jackson-databind"))
                .collect(Collectors.joining(File.pathSeparator)));
    }

    /** The same options for all. */
    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Program.JAVA, "-Xmx2g"));
        command.addAll(List.of(arguments));
        return command;
    }

    static String absolute(String classPath) {
        List<String> all = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            all.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, all);
    }
}
