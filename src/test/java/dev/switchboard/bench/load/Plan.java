package dev.switchboard.bench.load;

/**
 * Who sends what to whom, and who hears it. Clients are numbered from 0, and so are groups of clients that hear the same and
 * routes: a route leads from one sender to one group, and what goes along it must arrive in order.
 */
interface Plan {
    int clients();

    /** How many messages are under way at a time. */
    int underWay();

    int routes();

    /** The route of the next message in this slot. */
    int route(int slot);

    default int sender(int route) {
        return route;
    }

    default int group(int route) {
        return route;
    }

    /** How many clients hear what is sent to a group. */
    default int size(int group) {
        return 1;
    }

    default boolean hears(int client, int group) {
        return client == group;
    }

    /** Of all routes that reach one client no two are the same modulo this. */
    default int lanes() {
        return 1;
    }

    /** What the sender says, with {@link Mark#json()} for data. */
    String message(Dialect dialect, int group, Crowd crowd);

    /** How many rooms a client joins first. */
    default int rooms(int client) {
        return 0;
    }

    default String room(int client, int number) {
        return "";
    }

    /** The node that a client connects to. */
    default int node(int client) {
        return 0;
    }

    static String to(String key, String value) {
        return "{\"" + key + "\":\"" + value + "\",\"data\":" + Mark.json() + "}";
    }
}
