package dev.switchboard.launch;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows messages to a person, or to a program. For any thread. */
final class Screen {
    /** What is shorter stays in its line. */
    private static final int SHORT = 60;

    private final PrintWriter out;
    private final boolean plain;
    private final Map<Long, String> asked = new HashMap<>();
    private Set<String> only = Set.of();

    /** @param plain each message as it came, in one line */
    Screen(PrintWriter out, boolean plain) {
        this.out = out;
        this.plain = plain;
    }

    /** From now on shows these events alone, or all if there are none. Answers are always shown, and how it ends. */
    synchronized void only(List<String> events) {
        only = Set.copyOf(events);
    }

    /** That an answer of this number will be one to this event. */
    synchronized void asked(long id, String event) {
        asked.put(id, event);
    }

    synchronized void fault(String text) {
        out.println("! " + text);
        out.flush();
    }

    synchronized void show(JsonObject message) {
        String event = message.getString("event", "");
        boolean shown = only.isEmpty() || event.isEmpty() || only.contains(event) || event.equals("close");
        if (shown) {
            out.println(plain ? message.encode() : text(message, event));
            out.flush();
        }
    }

    private String text(JsonObject message, String event) {
        if (message.containsKey("closed")) {
            return "= closed " + message.getInteger("closed") + " " + message.getString("reason");
        }
        if (message.containsKey("ack")) {
            Long id = message.getLong("ack");
            String question = asked.getOrDefault(id, String.valueOf(id));
            asked.remove(id);
            return message.containsKey("error")
                    ? "! " + question + data(message.getValue("error"))
                    : "= " + question + (message.containsKey("data") ? data(message.getValue("data")) : "");
        }
        return "< " + event + (message.containsKey("data") ? data(message.getValue("data")) : "");
    }

    private static String data(@Nullable Object value) {
        String line = Json.encode(value);
        return line.length() <= SHORT
                ? " " + line
                : "\n  " + Json.encodePrettily(value).replace("\n", "\n  ");
    }
}
