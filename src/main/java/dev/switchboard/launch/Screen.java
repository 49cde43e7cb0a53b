package dev.switchboard.launch;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows messages to a person, or to a program. For any thread. */
final class Screen {
    /** What is shorter stays in its line. */
    private static final int SHORT = 60;

    /** So many names of events are remembered. */
    private static final int MOST_NAMES = 200;

    private final Consumer<String> out;
    private final boolean plain;
    private final Map<Long, String> asked = new HashMap<>();
    private final Set<String> heard = new TreeSet<>();
    private List<Pattern> only = List.of();

    /**
     * @param out shows one text, which ends its line
     * @param plain each message as it came, in one line
     */
    Screen(Consumer<String> out, boolean plain) {
        this.out = out;
        this.plain = plain;
    }

    /**
     * From now on shows these events alone, or all if there are none. Answers are always shown, and how it ends.
     *
     * @param events names, in which {@code *} stands for anything
     */
    synchronized void only(List<String> events) {
        only = events.stream().map(Screen::pattern).toList();
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(
                Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    /** The names of events that came. */
    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    /** That an answer of this number will be one to this event. */
    synchronized void asked(long id, String event) {
        asked.put(id, event);
    }

    synchronized void fault(String text) {
        out.accept("! " + text);
    }

    synchronized void show(JsonObject message) {
        String event = message.getString("event", "");
        if (!event.isEmpty() && heard.size() < MOST_NAMES) {
            heard.add(event);
        }
        if (isShown(event)) {
            out.accept(plain ? message.encode() : text(message, event));
        }
    }

    private boolean isShown(String event) {
        return only.isEmpty()
                || event.isEmpty()
                || event.equals("close")
                || only.stream().anyMatch(name -> name.matcher(event).matches());
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
