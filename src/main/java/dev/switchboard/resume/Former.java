package dev.switchboard.resume;

import dev.switchboard.journal.Position;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which socket a client had before, as it says itself; whether that is so a record tells. Immutable. */
public final class Former {
    private static final int LONGEST_ID = 128;
    private static final int MOST_POSITIONS = 10_000;

    private final String id;
    private final ResumeKey key;
    private final boolean lasting;
    private final Map<Long, Position> has;

    private Former(String id, String key, boolean lasting, List<?> at) {
        this.id = id;
        this.key = ResumeKey.given(key);
        this.lasting = lasting;
        this.has = positions(at);
    }

    /** What a message says: {@code {"id","key","at":[…]}}; empty when it names no socket. */
    public static Optional<Former> of(@Nullable Object said) {
        return said instanceof JsonObject json
                        && json.getValue("id") instanceof String id
                        && id.length() <= LONGEST_ID
                        && json.getValue("key") instanceof String key
                ? Optional.of(new Former(
                        id, key, false, json.getValue("at") instanceof JsonArray all ? all.getList() : List.of()))
                : Optional.empty();
    }

    /**
     * Of a client that keeps its key as long as it keeps its socket, since its protocol has no other for it.
     *
     * @param at what it has of each log; of one that is not named, nothing
     */
    public static Former lasting(String id, String key, List<String> at) {
        return new Former(id, key, true, at);
    }

    private static Map<Long, Position> positions(List<?> at) {
        Map<Long, Position> positions = new HashMap<>();
        at.stream()
                .limit(MOST_POSITIONS)
                .flatMap(one -> one instanceof String text ? Position.parse(text).stream() : Stream.empty())
                .forEach(position -> positions.put(position.log(), position));
        return positions;
    }

    String id() {
        return id;
    }

    /** What the client shows. */
    ResumeKey key() {
        return key;
    }

    /** What it shows the next time. */
    ResumeKey next() {
        return lasting ? key : ResumeKey.random();
    }

    /** What it has, by log. */
    Map<Long, Position> has() {
        return has;
    }
}
