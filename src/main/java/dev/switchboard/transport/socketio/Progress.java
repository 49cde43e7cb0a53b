package dev.switchboard.transport.socketio;

import dev.switchboard.wire.Frame;
import dev.switchboard.wire.SocketIoCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What a client has of each log, behind each event that it gets. A client keeps one text, that of its last event, and tells
 * it when it comes back: so the text names all logs of which it has something, in words that only this server reads. The
 * event is encoded once for all; this is added for each client.
 *
 * <p>On the event loop of the session.
 */
final class Progress {
    /** Of more nobody is told, and comes back as a new socket: the text would be longer than most events. */
    static final int MOST_LOGS = 64;

    private static final String TOO_MANY = "!";
    private static final String SEPARATOR = ",";
    private static final int LONGEST = MOST_LOGS * 42;
    private static final String PLACE = "[0-9a-z]{1,13}(:[0-9a-z]{1,13}){2}";
    private static final Pattern FORM = Pattern.compile("-|" + PLACE + "(," + PLACE + ")*");

    private final Supplier<Set<Long>> needed;
    private final Map<String, String> at = new LinkedHashMap<>();

    /** @param needed the logs that tell what the client missed, if it comes back: the others may be forgotten */
    Progress(Supplier<Set<Long>> needed) {
        this.needed = needed;
    }

    /** The places that a client tells; empty when it tells none, or none that count. */
    static Optional<List<String>> parse(String text) {
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        List<String> places = text.equals(SocketIoCodec.NO_PLACE) ? List.of() : List.of(text.split(SEPARATOR));
        return Optional.of(places).filter(all -> all.size() <= MOST_LOGS);
    }

    /** It begins with what it has already. */
    void begin(List<String> places) {
        at.clear();
        places.forEach(this::add);
    }

    /** What the client is sent instead. */
    Frame told(Frame frame) {
        List<Frame> parts = frame.parts();
        if (parts.stream().allMatch(part -> part.at().isEmpty())) {
            return frame;
        }
        List<Frame> told = new ArrayList<>(parts.size());
        for (Frame part : parts) {
            told.add(part.at().isEmpty() ? part : SocketIoCodec.with(part, behind(part.at())));
        }
        return Frame.all(told);
    }

    private String behind(String place) {
        if (!place.equals(SocketIoCodec.NO_PLACE)) {
            add(place);
        }
        if (at.isEmpty()) {
            return SocketIoCodec.NO_PLACE;
        }
        return at.size() > MOST_LOGS ? TOO_MANY : String.join(SEPARATOR, at.values());
    }

    private void add(String place) {
        boolean isNew = at.put(log(place), place) == null;
        if (isNew && at.size() > MOST_LOGS) {
            at.keySet()
                    .retainAll(needed.get().stream()
                            .map(log -> Long.toUnsignedString(log, Character.MAX_RADIX))
                            .toList());
        }
    }

    private static String log(String place) {
        return place.substring(0, place.indexOf(':'));
    }
}
