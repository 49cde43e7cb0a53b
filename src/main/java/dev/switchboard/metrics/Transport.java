package dev.switchboard.metrics;

/** By what a client has come. */
public enum Transport {
    /** A WebSocket with nothing around the dialect. */
    WEBSOCKET,
    /** SockJS's frames on a WebSocket. */
    SOCKJS_WEBSOCKET,
    /** Any other transport of SockJS: streaming, polling, event source. */
    SOCKJS_HTTP,
    /** Socket.IO, polling or on a WebSocket: a client changes from one to the other. */
    SOCKET_IO
}
