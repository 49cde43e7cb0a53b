package dev.switchboard.resume;

import dev.switchboard.journal.Position;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a socket is, and was of late: for each log the times in which it was one of those that the log is for. */
final class Stays {
    private static final char ROOM = 'r';

    private final long windowMillis;
    private final Map<String, List<Span>> spans = new LinkedHashMap<>();

    Stays(long windowMillis) {
        this.windowMillis = windowMillis;
    }

    Stays(long windowMillis, JsonObject json) {
        this(windowMillis);
        for (String log : json.fieldNames()) {
            List<Span> of = new ArrayList<>();
            json.getJsonArray(log).forEach(span -> of.add(Span.of((JsonArray) span)));
            spans.put(log, of);
        }
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        spans.forEach((log, of) -> {
            JsonArray array = new JsonArray();
            of.forEach(span -> array.add(span.json()));
            json.put(log, array);
        });
        return json;
    }

    boolean isIn(String log) {
        List<Span> of = spans.getOrDefault(log, List.of());
        return !of.isEmpty() && of.get(of.size() - 1).isOpen();
    }

    void enter(String log, Position at, long all) {
        if (!isIn(log)) {
            spans.computeIfAbsent(log, key -> new ArrayList<>()).add(Span.begin(at, all));
        }
    }

    /** @param at the last entry that was for the socket */
    void leave(String log, Position at, long all, long now) {
        List<Span> of = spans.getOrDefault(log, List.of());
        if (isIn(log)) {
            Span last = of.remove(of.size() - 1);
            // What began in another life of the log has nothing in this one.
            of.add(last.end(
                    last.from().log() == at.log() ? at.offset() : last.from().offset(), all, now));
        }
        forgetOld(now);
    }

    /** What ended longer ago than any client may be away. */
    private void forgetOld(long now) {
        spans.values().forEach(of -> of.removeIf(span -> !span.isOpen() && now - span.ended() > windowMillis));
        spans.values().removeIf(List::isEmpty);
    }

    /** The rooms that it is in. */
    Set<String> rooms() {
        return spans.keySet().stream()
                .filter(log -> log.charAt(0) == ROOM && isIn(log))
                .map(log -> log.substring(1))
                .collect(Collectors.toSet());
    }

    Map<String, List<Span>> spans() {
        return spans;
    }

    /** Whether an entry of the namespace's log that is for some rooms is for the socket. */
    boolean coversRooms(Set<String> rooms, long offset) {
        return rooms.stream()
                .flatMap(room -> spans.getOrDefault(ROOM + room, List.of()).stream())
                .anyMatch(span -> span.coversOfAll(offset));
    }
}
