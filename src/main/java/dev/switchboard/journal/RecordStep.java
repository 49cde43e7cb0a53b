package dev.switchboard.journal;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that is done to the record of a socket, or that is asked of it, as a whole or not at all. */
public sealed interface RecordStep {
    /**
     * What a step has come to.
     *
     * @param done whether it was done
     * @param record as it is now, or was when it ended; null when there is none
     * @param kept whether it goes on
     */
    record Result(boolean done, @Nullable SocketRecord record, boolean kept) {
        static Result of(boolean done, @Nullable SocketRecord record) {
            return new Result(done, record, record != null);
        }

        static Result ended(SocketRecord record) {
            return new Result(true, record, false);
        }
    }

    /**
     * What the asker hears of it.
     *
     * @param record empty unless the step asks for it, and was done
     */
    record Answer(boolean done, Optional<SocketRecord> record) {}

    /** Does it. */
    Result apply(@Nullable SocketRecord record);

    /** Whether the record is told when it is done. */
    default boolean tells() {
        return false;
    }

    /** A socket opens for the first time. */
    record Create(String user, long windowMillis, String node, String key, JsonObject state) implements RecordStep {
        @Override
        public Result apply(@Nullable SocketRecord record) {
            // Who was not answered asks again.
            SocketRecord own = record != null && record.node().equals(node) && record.generation() == 1 ? record : null;
            return record == null || own != null
                    ? Result.of(true, new SocketRecord(user, windowMillis, 1, node, key, state))
                    : Result.of(false, record);
        }
    }

    /** What is known of the socket has changed. */
    record Write(long generation, JsonObject state) implements RecordStep {
        @Override
        public Result apply(@Nullable SocketRecord record) {
            return Result.of(record != null && record.write(generation, state), record);
        }
    }

    /** A client says that it is back; keys are hashes. One whose time is over by then is not given to it. */
    record Take(String user, String key, String nextKey, String node, long now) implements RecordStep {
        @Override
        public Result apply(@Nullable SocketRecord record) {
            boolean late = record != null && record.isOverdue(now);
            return Result.of(record != null && !late && record.take(user, key, nextKey, node), record);
        }

        @Override
        public boolean tells() {
            return true;
        }
    }

    /** The client has shown that it knows the newest key. */
    record Confirm(long generation) implements RecordStep {
        @Override
        public Result apply(@Nullable SocketRecord record) {
            return Result.of(record != null && record.confirm(generation), record);
        }
    }

    /** The connection is gone. */
    record Leave(long generation, long until) implements RecordStep {
        @Override
        public Result apply(@Nullable SocketRecord record) {
            return Result.of(record != null && record.leave(generation, until), record);
        }
    }

    /** Events that want answers begin. */
    record Begin(long generation, List<Long> numbers) implements RecordStep {
        public Begin {
            numbers = List.copyOf(numbers);
        }

        @Override
        public Result apply(@Nullable SocketRecord record) {
            return Result.of(record != null && record.begin(generation, numbers), record);
        }
    }

    /** An event was answered; null when it will never run. */
    record Answered(long number, @Nullable JsonObject answer) implements RecordStep {
        @Override
        public Result apply(@Nullable SocketRecord record) {
            if (record != null && answer != null) {
                record.answered(number, answer);
            } else if (record != null) {
                record.unbegun(number);
            }
            return Result.of(record != null, record);
        }
    }

    /**
     * The socket ends.
     *
     * @param generation 0 for whatever it is, if its time is over
     * @param claimer a random number, the same when it is asked again
     */
    record End(long generation, long now, long claimer) implements RecordStep {
        @Override
        public Result apply(@Nullable SocketRecord record) {
            if (record == null) {
                return Result.of(false, null);
            }
            boolean over = generation == 0 ? record.isOverdue(now) : record.generation() == generation;
            return (over || record.claimer() != 0) && record.claim(claimer)
                    ? Result.ended(record)
                    : Result.of(false, record);
        }

        @Override
        public boolean tells() {
            return true;
        }
    }

    /** Asks how it is. */
    record Look() implements RecordStep {
        @Override
        public Result apply(@Nullable SocketRecord record) {
            return Result.of(record != null, record);
        }

        @Override
        public boolean tells() {
            return true;
        }
    }
}
