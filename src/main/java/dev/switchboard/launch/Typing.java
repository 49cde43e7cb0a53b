package dev.switchboard.launch;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is typed at a terminal, a command a line. On a thread of its own. */
final class Typing {
    /** A word, or several in quotes. */
    private static final Pattern WORD = Pattern.compile("\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))");

    static final List<String> COMMANDS = List.of("emit", "ask", "only", "quit");

    private final ServerLine line;
    private final Screen screen;

    Typing(ServerLine line, Screen screen) {
        this.line = line;
        this.screen = screen;
    }

    /** Until {@code quit}, or the end of the input. */
    void read(Keyboard input, boolean stay) {
        try {
            String typed = input.read();
            while (typed != null && !typed.strip().equals("quit")) {
                if (!typed.isBlank()) {
                    take(typed);
                }
                typed = input.read();
            }
            if (typed != null || !stay) {
                line.leave();
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void take(String typed) {
        Matcher words = WORD.matcher(typed);
        String command = word(words);
        if (command == null) {
            screen.fault("what is typed begins with emit, ask, only or quit");
            return;
        }
        switch (command) {
            case "emit", "ask" -> say(command, word(words), words.hitEnd() ? "" : rest(typed, words));
            case "only" -> {
                List<String> events = new ArrayList<>();
                for (String event = word(words); event != null; event = word(words)) {
                    events.add(event);
                }
                screen.only(events);
            }
            default -> screen.fault("'" + command + "' is none of " + String.join(", ", COMMANDS));
        }
    }

    private void say(String command, @Nullable String event, String data) {
        if (event == null) {
            screen.fault(command + " needs the name of an event");
            return;
        }
        try {
            Object value = data.isEmpty() ? null : Json.decodeValue(data);
            if (command.equals("emit")) {
                line.emit(event, value, !data.isEmpty());
            } else {
                long id = line.nextId();
                screen.asked(id, event);
                line.ask(id, event, value, !data.isEmpty());
            }
        } catch (DecodeException malformed) {
            screen.fault("not JSON: " + data);
        }
    }

    private static @Nullable String word(Matcher words) {
        if (!words.find()) {
            return null;
        }
        String quoted = words.group(1);
        return quoted == null ? words.group(2) : quoted.replaceAll("\\\\(.)", "$1");
    }

    private static String rest(String typed, Matcher words) {
        return typed.substring(words.end()).strip();
    }
}
