package dev.switchboard.resume;

import dev.switchboard.bus.HubMessage.Deliver;
import dev.switchboard.bus.Target;
import dev.switchboard.journal.Kept;
import dev.switchboard.journal.Position;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the client of a socket missed. It is read twice: at first, to see whether the logs still have all of it; and up to
 * where the live events begin, once that is known.
 */
final class Replay {
    /** What is read of one log. */
    private static final class Part {
        private final String log;
        private final List<Span> spans;
        private final List<Kept> kept = new ArrayList<>();
        private Position read;

        /** The last that is missed: from there on live events follow. */
        private long end = Long.MAX_VALUE;

        Part(String log, List<Span> spans, Position read) {
            this.log = log;
            this.spans = spans;
            this.read = read;
        }

        boolean isOpen() {
            return spans.get(spans.size() - 1).isOpen();
        }

        void add(List<Kept> following) {
            kept.addAll(following);
            if (!following.isEmpty()) {
                read = following.get(following.size() - 1).position();
            }
        }
    }

    private final Life life;
    private final List<Part> parts;

    private Replay(Life life, List<Part> parts) {
        this.life = life;
        this.parts = parts;
    }

    /**
     * Looks for what a client missed.
     *
     * @param has by log, what the client says it has; of a log that it does not name, nothing
     * @return empty when that cannot be told any more
     */
    static Future<Optional<Replay>> of(Life life, Map<Long, Position> has) {
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, List<Span>> log : life.stays().spans().entrySet()) {
            List<Span> spans = log.getValue();
            long newest = spans.get(spans.size() - 1).from().log();
            if (spans.stream().anyMatch(span -> span.from().log() != newest && misses(span, has))) {
                return Future.succeededFuture(Optional.empty());
            }
            List<Span> readable =
                    spans.stream().filter(span -> span.from().log() == newest).toList();
            Position first = readable.get(0).from();
            @Nullable Position known = has.get(newest);
            Position from = known != null && known.offset() >= first.offset() ? known : first;
            Span last = readable.get(readable.size() - 1);
            if (last.isOpen() || from.offset() < last.until()) {
                parts.add(new Part(log.getKey(), readable, from));
            }
        }
        Replay replay = new Replay(life, parts);
        return Future.all(parts.stream().map(replay::read).toList())
                .map(read -> read.<Boolean>list().contains(false) ? Optional.empty() : Optional.of(replay));
    }

    /** Whether a client lacks something of a time in a log that is no more. */
    private static boolean misses(Span span, Map<Long, Position> has) {
        Position known = has.get(span.from().log());
        long offset = known == null ? span.from().offset() : known.offset();
        return offset < span.until();
    }

    private Future<Boolean> read(Part part) {
        return life.setting()
                .journal()
                .after(life.setting().namespace(), part.log, part.read)
                .map(following -> {
                    following.ifPresent(part::add);
                    return following.isPresent();
                });
    }

    /**
     * All of it, in the order of each log, and of each sender.
     *
     * @param begin where the live events of a log begin; empty where that is not known
     * @return empty when that cannot be told any more
     */
    Future<Optional<List<Deliver>>> upTo(Function<Target, Optional<Position>> begin) {
        List<Future<Boolean>> read = new ArrayList<>();
        for (Part part : parts) {
            Optional<Position> end = part.isOpen() ? begin.apply(target(part.log)) : Optional.of(part.read);
            if (end.isEmpty() || end.get().log() != part.read.log()) {
                return Future.succeededFuture(Optional.empty());
            }
            read.add(end.get().offset() > part.read.offset() ? read(part) : Future.succeededFuture(true));
            if (part.isOpen()) {
                part.end = end.get().offset();
            }
        }
        return Future.all(read)
                .map(all -> all.<Boolean>list().contains(false) ? Optional.empty() : Optional.of(missed()));
    }

    private List<Deliver> missed() {
        List<List<Kept>> logs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Part part : parts) {
            logs.add(part.kept.stream()
                    .filter(kept -> kept.position().offset() <= part.end && isMeant(part, kept))
                    .toList());
            names.add(part.log);
        }
        String namespace = life.setting().namespace();
        return Merge.of(logs, (log, kept) -> Deliver.of(namespace, names.get(log), kept));
    }

    private boolean isMeant(Part part, Kept kept) {
        long offset = kept.position().offset();
        boolean isIn = kept.entry().rooms().isEmpty()
                ? part.spans.stream().anyMatch(span -> span.covers(offset))
                : life.stays().coversRooms(kept.entry().rooms(), offset);
        return isIn && !kept.entry().except().contains(life.id());
    }

    private Target target(String log) {
        return Target.ofLog(life.setting().namespace(), log, Set.of());
    }
}
