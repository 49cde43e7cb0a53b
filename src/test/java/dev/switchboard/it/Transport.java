package dev.switchboard.it;

import java.util.List;

/** Every way in, by clients that this project did not write. */
enum Transport {
    JDK_WEBSOCKET("/ws", null),
    NODE_WEBSOCKET("/ws", null),
    SOCKJS_RAW_WEBSOCKET("/sockjs/websocket", null),
    SOCKJS_WEBSOCKET("/sockjs", "websocket"),
    SOCKJS_XHR_STREAMING("/sockjs", "xhr-streaming"),
    SOCKJS_EVENTSOURCE("/sockjs", "eventsource"),
    SOCKJS_XHR_POLLING("/sockjs", "xhr-polling"),
    SOCKJS_HTMLFILE("/sockjs", "htmlfile"),
    SOCKJS_JSONP_POLLING("/sockjs", "jsonp-polling");

    private final String mount;
    private final String sockJs;

    Transport(String mount, String sockJs) {
        this.mount = mount;
        this.sockJs = sockJs;
    }

    /** Those that scenarios run over: all, but on several nodes one of each kind unless all are asked for. */
    static List<Transport> tested() {
        boolean all = TestNodes.COUNT == 1 || "all".equals(System.getProperty("switchboard.test.transports"));
        return all ? List.of(values()) : List.of(JDK_WEBSOCKET, SOCKJS_WEBSOCKET, SOCKJS_XHR_POLLING);
    }

    /** Whether the client speaks SockJS, and not plain WebSocket. */
    boolean isSockJs() {
        return sockJs != null;
    }

    /** What SockJS calls it. */
    String sockJs() {
        return sockJs;
    }

    /** Whether only browsers have it. */
    boolean isForBrowsers() {
        return this == SOCKJS_HTMLFILE || this == SOCKJS_JSONP_POLLING;
    }

    /** Whether the close code of the server reaches the client. */
    boolean carriesCodes() {
        return !isSockJs();
    }

    /** Whether it can push back a client that sends too fast. */
    boolean pushesBack() {
        return mount.equals("/ws");
    }

    /** The path of a namespace. */
    String path(String namespace) {
        return (namespace.equals("/") ? "" : namespace) + mount;
    }

    /** The address to connect to. */
    String url(boolean secure, int port, String namespace, String query) {
        return (isSockJs() ? "http" : "ws") + (secure ? "s" : "") + "://127.0.0.1:" + port + path(namespace) + query;
    }
}
