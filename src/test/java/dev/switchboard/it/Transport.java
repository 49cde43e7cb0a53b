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
    SOCKJS_JSONP_POLLING("/sockjs", "jsonp-polling"),
    SOCKETIO_POLLING("4 polling"),
    SOCKETIO_WEBSOCKET("4 websocket"),
    SOCKETIO2_POLLING("2 polling"),
    SOCKETIO2_WEBSOCKET("2 websocket");

    private final String mount;
    private final String sockJs;
    private final String socketIo;

    Transport(String mount, String sockJs) {
        this.mount = mount;
        this.sockJs = sockJs;
        this.socketIo = null;
    }

    Transport(String socketIo) {
        this.mount = "";
        this.sockJs = null;
        this.socketIo = socketIo;
    }

    /** Those that scenarios run over: all, but on several nodes one of each kind unless all are asked for. */
    static List<Transport> tested() {
        return spoken().stream().filter(transport -> !transport.isSocketIo()).toList();
    }

    /** The same, and the clients of Socket.IO, which say and hear what their users do and no messages as such. */
    static List<Transport> spoken() {
        String named = System.getProperty("switchboard.test.transport", "");
        if (!named.isEmpty()) {
            return List.of(valueOf(named));
        }
        boolean all = TestNodes.COUNT == 1 || "all".equals(System.getProperty("switchboard.test.transports"));
        return all ? List.of(values()) : List.of(JDK_WEBSOCKET, SOCKJS_WEBSOCKET, SOCKJS_XHR_POLLING, SOCKETIO_POLLING);
    }

    /** Whether the client speaks SockJS, and not plain WebSocket. */
    boolean isSockJs() {
        return sockJs != null;
    }

    /** What SockJS calls it. */
    String sockJs() {
        return sockJs;
    }

    /** Whether the client speaks Socket.IO. */
    boolean isSocketIo() {
        return socketIo != null;
    }

    /** Its generation, and its transport as it calls that. */
    String socketIo() {
        return socketIo;
    }

    /** Whether the client is told the id of its socket. */
    boolean tellsIds() {
        return this != SOCKETIO2_POLLING && this != SOCKETIO2_WEBSOCKET;
    }

    /** Whether only browsers have it. */
    boolean isForBrowsers() {
        return this == SOCKJS_HTMLFILE || this == SOCKJS_JSONP_POLLING;
    }

    /** Whether the close code of the server reaches the client. */
    boolean carriesCodes() {
        return !isSockJs() && !isSocketIo();
    }

    /** Whether it can push back a client that sends too fast. */
    boolean pushesBack() {
        return mount.equals("/ws");
    }

    /** The path of a namespace. */
    String path(String namespace) {
        return (namespace.equals("/") && !isSocketIo() ? "" : namespace) + mount;
    }

    /** The address to connect to. */
    String url(boolean secure, int port, String namespace, String query) {
        return (isSockJs() || isSocketIo() ? "http" : "ws") + (secure ? "s" : "") + "://127.0.0.1:" + port
                + path(namespace) + query;
    }
}
