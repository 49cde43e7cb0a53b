package dev.switchboard.it;

import io.vertx.core.json.JsonObject;

/** The server of the chat example, with the configuration that comes along. */
final class ChatServer {
    private ChatServer() {}

    /** On a free port. */
    static TestServer start() {
        return startAt(0);
    }

    /** On a port that was free before. */
    static TestServer startAt(int port) {
        return TestServer.start(configuration().put("http", new JsonObject().put("port", port)));
    }

    /** What comes along. */
    static JsonObject configuration() {
        return ExampleServer.configuration("chat");
    }
}
