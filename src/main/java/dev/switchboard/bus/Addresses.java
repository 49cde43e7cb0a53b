package dev.switchboard.bus;

/** The only place where an event-bus address is spelled. No part of an address comes from a client. */
public final class Addresses {
    /** Where the authenticator verticle takes credentials and answers who somebody is. */
    public static final String AUTHENTICATOR = "switchboard.authenticator";

    /** Where handlers in any language announce themselves, as JSON. */
    public static final String ANNOUNCE = "switchboard.announce";

    /** Where handlers in any language ask for the verbs (emit, join, list …), as JSON. */
    public static final String VERBS = "switchboard.verbs";

    private static final String SOCKET_IDS = "switchboard.ids.";
    private static final String ANSWER = "switchboard.answer.";

    private Addresses() {}

    /** Where the verticle that gives the sockets of a namespace their ids is asked for one, as JSON. */
    public static String socketIds(String namespace) {
        return SOCKET_IDS + namespace;
    }

    /** Where a node's code answers what all nodes are asked by this name. */
    static String answer(String name) {
        return ANSWER + name;
    }

    /** One node; the only address that other nodes know. */
    public static String node(String id) {
        return "switchboard.node." + id;
    }

    /** Where a node takes orders for its verticles; for nodes alone, and not for handlers. */
    public static String desk(String node) {
        return "switchboard.desk." + node;
    }

    /** One hub, of one event loop. */
    static String hub(String hub) {
        return "switchboard.hub." + hub;
    }

    /** One instance of a handler verticle. */
    public static String handler(String instance) {
        return "switchboard.handler." + instance;
    }
}
