package dev.switchboard.bench.load;

import java.util.concurrent.ThreadLocalRandom;

/** The plans of the jobs. */
final class Plans {
    private Plans() {}

    /** Each to itself. */
    record Echo(int clients, int perClient) implements Plan {
        @Override
        public int underWay() {
            return clients * perClient;
        }

        @Override
        public int routes() {
            return clients;
        }

        @Override
        public int route(int slot) {
            return slot % clients;
        }

        @Override
        public String message(Dialect dialect, int group, Crowd crowd) {
            return dialect.event("echo", Mark.json());
        }
    }

    /** One to all. On several nodes it is alone on the first, and the others are shared out to the rest. */
    record Broadcast(int clients, int underWay, int nodes) implements Plan {
        @Override
        public int routes() {
            return 1;
        }

        @Override
        public int route(int slot) {
            return 0;
        }

        @Override
        public int sender(int route) {
            return 0;
        }

        @Override
        public int group(int route) {
            return 0;
        }

        @Override
        public int size(int group) {
            return clients;
        }

        @Override
        public boolean hears(int client, int group) {
            return true;
        }

        @Override
        public int node(int client) {
            return client == 0 || nodes == 1 ? 0 : 1 + client % (nodes - 1);
        }

        @Override
        public String message(Dialect dialect, int group, Crowd crowd) {
            return dialect.event("broadcast", Mark.json());
        }
    }

    /** Random members of rooms, to their room, whose members are shared out to all nodes. */
    record Rooms(int rooms, int members, int underWay, int nodes) implements Plan {
        @Override
        public int clients() {
            return rooms * members;
        }

        @Override
        public int routes() {
            return clients();
        }

        @Override
        public int route(int slot) {
            return ThreadLocalRandom.current().nextInt(clients());
        }

        @Override
        public int node(int client) {
            return client % nodes;
        }

        @Override
        public int group(int route) {
            return route / members;
        }

        @Override
        public int size(int group) {
            return members;
        }

        @Override
        public boolean hears(int client, int group) {
            return client / members == group;
        }

        @Override
        public int lanes() {
            return members;
        }

        @Override
        public int rooms(int client) {
            return 1;
        }

        @Override
        public String room(int client, int number) {
            return "room-" + client / members;
        }

        @Override
        public String message(Dialect dialect, int group, Crowd crowd) {
            return dialect.event("room", Plan.to("room", "room-" + group));
        }
    }

    /** Rooms of one member each, many to a client; a neighbour sends to them. */
    record ManyRooms(int clients, int each, int underWay) implements Plan {
        @Override
        public int routes() {
            return clients * each;
        }

        @Override
        public int route(int slot) {
            return ThreadLocalRandom.current().nextInt(routes());
        }

        @Override
        public int sender(int route) {
            return (route / each + 1) % clients;
        }

        @Override
        public boolean hears(int client, int group) {
            return group / each == client;
        }

        @Override
        public int lanes() {
            return each;
        }

        @Override
        public int rooms(int client) {
            return each;
        }

        @Override
        public String room(int client, int number) {
            return "room-" + (client * each + number);
        }

        @Override
        public String message(Dialect dialect, int group, Crowd crowd) {
            return dialect.event("room", Plan.to("room", "room-" + group));
        }
    }

    /**
     * To single sockets, each of which has some others write to it; on several nodes these are on the next one.
     *
     * @param awake so many of the clients; the others are there and say nothing, and nobody writes to them
     */
    record Direct(int clients, int awake, int underWay, boolean byUser, int nodes) implements Plan {
        private static final int WRITERS = 8;

        Direct(int clients, int underWay, boolean byUser, int nodes) {
            this(clients, clients, underWay, byUser, nodes);
        }

        @Override
        public int routes() {
            return awake * WRITERS;
        }

        @Override
        public int route(int slot) {
            return ThreadLocalRandom.current().nextInt(routes());
        }

        @Override
        public int sender(int route) {
            return (route / WRITERS + 1 + nodes * (route % WRITERS)) % awake;
        }

        @Override
        public int group(int route) {
            return route / WRITERS;
        }

        @Override
        public int lanes() {
            return WRITERS;
        }

        @Override
        public int node(int client) {
            return client % nodes;
        }

        @Override
        public String message(Dialect dialect, int group, Crowd crowd) {
            return byUser
                    ? dialect.event("user", Plan.to("to", Crowd.user(group)))
                    : dialect.event("private", Plan.to("to", crowd.client(group).id()));
        }
    }

    /** All in one room, and nobody says anything. */
    record Lobby(int clients) implements Plan {
        @Override
        public int underWay() {
            return 0;
        }

        @Override
        public int routes() {
            return 0;
        }

        @Override
        public int route(int slot) {
            throw new IllegalStateException("nobody says anything");
        }

        @Override
        public int rooms(int client) {
            return 1;
        }

        @Override
        public String room(int client, int number) {
            return "lobby";
        }

        @Override
        public String message(Dialect dialect, int group, Crowd crowd) {
            throw new IllegalStateException("nobody says anything");
        }
    }
}
