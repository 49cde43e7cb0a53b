package dev.switchboard.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All jobs, in the order in which they run. */
final class Jobs {
    private static final int FEW = 100;
    private static final int MANY_WINDOW = 16;
    private static final String ONE = ", 1 under way";
    private static final String SIXTEEN = ", 16 under way";

    static final List<Job> ALL = List.of(
            new Job("echo", "100 clients send 128 bytes each to themselves", Jobs::echo),
            new Job("broadcast", "one client sends 128 bytes to all", Jobs::broadcast),
            new Job("rooms", "random members of 1,000 rooms send to their 10 members", Jobs::rooms),
            new Job(
                    "private",
                    "100 clients send to single sockets, by the socket's id and by the user's",
                    Jobs::direct),
            new Job(
                    "latency",
                    "100 clients send to themselves, 20,000 messages a second, whatever the server does",
                    Jobs::latency),
            new Job(
                    "connect",
                    "clients come, each with a token, join a room and leave",
                    settings -> List.of(new ConnectCase("32 at a time", 32))),
            new Job("memory", "sockets in one room that do nothing", Jobs::memory),
            new Job("nodes", "two nodes: what is sent on one is heard on the other", Jobs::nodes),
            new Job(
                    "resume",
                    "rooms, on one node and on two: beside the server resume, what it costs that clients may come back",
                    Jobs::resume),
            new Job("growth", "the same traffic with many more rooms, users and nodes", Jobs::growth));

    private Jobs() {}

    static Job of(String name) {
        return ALL.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no job '" + name + "': "
                        + ALL.stream().map(Job::name).toList()));
    }

    private static List<Case> echo(Settings settings) {
        int clients = settings.scaled(FEW);
        return List.of(
                new TrafficCase("echo" + ONE, new Plans.Echo(clients, 1)),
                new TrafficCase("echo" + SIXTEEN, new Plans.Echo(clients, MANY_WINDOW)));
    }

    private static List<Case> broadcast(Settings settings) {
        return Stream.of(1_000, 5_000)
                .flatMap(clients -> Stream.of(1, MANY_WINDOW)
                        .<Case>map(window -> new TrafficCase(
                                "broadcast to %,d%s".formatted(clients, window == 1 ? ONE : SIXTEEN),
                                new Plans.Broadcast(settings.scaled(clients), window, 1))))
                .toList();
    }

    private static List<Case> rooms(Settings settings) {
        return List.of(new TrafficCase(
                "1,000 rooms of 10, 100 under way", new Plans.Rooms(settings.scaled(1_000), 10, FEW, 1)));
    }

    private static List<Case> direct(Settings settings) {
        int clients = settings.scaled(FEW);
        return List.of(
                new TrafficCase("to a socket, 100 under way", new Plans.Direct(clients, FEW, false, 1)),
                new TrafficCase("to a user, 100 under way", new Plans.Direct(clients, FEW, true, 1)));
    }

    private static List<Case> latency(Settings settings) {
        int perSecond = settings.scaled(20_000);
        return List.of(new OpenLoopCase(
                "echo, %,d/s".formatted(perSecond), new Plans.Echo(settings.scaled(FEW), 200), perSecond));
    }

    private static List<Case> memory(Settings settings) {
        int few = settings.scaled(5_000);
        int many = settings.scaled(19_000);
        return List.of(new MemoryCase("%,d to %,d sockets".formatted(few, many), few, many));
    }

    private static List<Case> nodes(Settings settings) {
        return List.of(
                new TrafficCase(
                        "2 nodes, broadcast to 1,000" + ONE, new Plans.Broadcast(settings.scaled(1_000), 1, 2), 2),
                new TrafficCase(
                        "2 nodes, broadcast to 1,000" + SIXTEEN,
                        new Plans.Broadcast(settings.scaled(1_000), MANY_WINDOW, 2),
                        2),
                new TrafficCase(
                        "2 nodes, to a socket, 100 under way",
                        new Plans.Direct(settings.scaled(FEW), FEW, false, 2),
                        2));
    }

    private static List<Case> resume(Settings settings) {
        int rooms = settings.scaled(1_000);
        List<Case> cases = new ArrayList<>();
        for (int nodes = 1; nodes <= 2; nodes++) {
            String where = nodes == 1 ? "1 node, " : "2 nodes, ";
            for (int underWay : new int[] {1, FEW}) {
                cases.add(new TrafficCase(
                        "%sa room of 20, %d under way".formatted(where, underWay),
                        new Plans.Rooms(1, 20, underWay, nodes),
                        nodes));
            }
            cases.add(new TrafficCase(
                    where + "%,d rooms of 10, 100 under way".formatted(rooms),
                    new Plans.Rooms(rooms, 10, FEW, nodes),
                    nodes));
        }
        return cases;
    }

    /** Within a job servers go on running, so that the small and the large are of the same process. */
    private static List<Case> growth(Settings settings) {
        int clients = settings.scaled(FEW);
        List<Case> cases = new ArrayList<>();
        for (int each : new int[] {1, 1_000}) {
            cases.add(new TrafficCase("%,d rooms".formatted(clients * each), new Plans.ManyRooms(clients, each, FEW)));
        }
        int crowd = settings.scaled(10_000);
        cases.add(new TrafficCase("%,d users".formatted(clients), new Plans.Direct(clients, FEW, true, 1)));
        cases.add(new TrafficCase(
                "%,d users, %,d of them at it".formatted(crowd, clients),
                new Plans.Direct(crowd, clients, FEW, true, 1)));
        cases.add(new TrafficCase("%,d users".formatted(crowd), new Plans.Direct(crowd, FEW, true, 1)));
        for (int nodes = 1; nodes <= 3; nodes++) {
            cases.add(new TrafficCase(
                    "%d nodes, broadcast to 1,000%s".formatted(nodes, SIXTEEN),
                    new Plans.Broadcast(settings.scaled(1_000), MANY_WINDOW, nodes),
                    nodes));
        }
        return cases;
    }
}
