package dev.switchboard.it;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server of an example, with the configuration that comes along. */
final class ExampleServer {
    private ExampleServer() {}

    /** On a free port. */
    static TestServer start(String example) {
        return TestServer.start(configuration(example));
    }

    /** That of {@code ws-dialogue}, with another pause. */
    static TestServer startDialogue(int pauseMillis) {
        JsonObject configuration = configuration("ws-dialogue");
        configuration
                .getJsonObject("handlers")
                .getJsonObject("dialogue.DialogueHandler")
                .put("config", new JsonObject().put("pauseMillis", pauseMillis));
        return TestServer.start(configuration);
    }

    /** What comes along. */
    static JsonObject configuration(String example) {
        try {
            return new JsonObject(Files.readString(Path.of("conf", example + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
