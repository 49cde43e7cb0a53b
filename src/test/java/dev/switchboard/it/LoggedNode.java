package dev.switchboard.it;

import static org.awaitility.Awaitility.await;

import dev.switchboard.EventVerticle;
import dev.switchboard.Switchboard;
import dev.switchboard.launch.Program;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A node in a JVM of its own, not of the jar but of the classes at hand, of which the test looks at the output. */
final class LoggedNode {
    private LoggedNode() {}

    /**
     * Starts one.
     *
     * @param handler one of the tests, which has these events
     * @param environment beside the usual one
     * @param options of the JVM, beside the usual ones
     */
    static Program start(
            Path folder,
            Class<? extends EventVerticle> handler,
            List<String> events,
            Map<String, String> environment,
            String... options)
            throws IOException {
        JsonObject mapped = new JsonObject();
        events.forEach(event -> mapped.put(event, handler.getName()));
        JsonObject config =
                new JsonObject().put("namespaces", new JsonObject().put("/", new JsonObject().put("events", mapped)));
        Map<String, String> all =
                new HashMap<>(Map.of("SWITCHBOARD_HTTP_PORT", "0", "SWITCHBOARD_TOKEN_KEY", Tokens.KEY));
        all.putAll(environment);
        List<String> command = new ArrayList<>(List.of(Program.JAVA, "-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "dev.switchboard.launch.Main",
                "run",
                Switchboard.class.getName(),
                "-conf",
                config.encode()));
        return Program.start(folder, all, command);
    }

    /** The first line of JSON of this kind that there is, or comes. */
    static JsonObject line(Program program, Predicate<JsonObject> which) {
        return await().atMost(Inbox.DEADLINE)
                .ignoreException(DecodeException.class) // the last line, half of it
                .until(
                        () -> program.out()
                                .lines()
                                .map(JsonObject::new)
                                .filter(which)
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }
}
