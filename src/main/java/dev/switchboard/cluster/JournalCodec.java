package dev.switchboard.cluster;

import dev.switchboard.journal.Entry;
import dev.switchboard.journal.Kept;
import dev.switchboard.journal.LogBounds;
import dev.switchboard.journal.Position;
import dev.switchboard.journal.RecordStep;
import dev.switchboard.journal.RoomLog;
import dev.switchboard.journal.SocketRecord;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a journal keeps, and what is done to it, as bytes; each writer stands beside its reader. */
final class JournalCodec {
    private static final int CREATE = 1;
    private static final int WRITE = 2;
    private static final int TAKE = 3;
    private static final int LEAVE = 4;
    private static final int BEGIN = 5;
    private static final int ANSWERED = 6;
    private static final int END = 7;
    private static final int LOOK = 8;
    private static final int CONFIRM = 9;

    private static final int TYPICAL_SIZE = 256;

    private JournalCodec() {}

    static byte[] bytes(Consumer<Out> write) {
        return bytes(TYPICAL_SIZE, write);
    }

    static byte[] bytes(int sizeHint, Consumer<Out> write) {
        Out out = new Out(sizeHint);
        write.accept(out);
        return out.toBytes();
    }

    static <T> T read(byte[] bytes, Function<In, T> read) {
        return read.apply(new In(bytes));
    }

    // ---- who answers

    static void write(Out out, UUID member) {
        out.random(member.getMostSignificantBits()).random(member.getLeastSignificantBits());
    }

    static UUID member(In in) {
        return new UUID(in.random(), in.random());
    }

    // ---- logs

    static void write(Out out, Position position) {
        out.random(position.log()).number(position.offset()).random(position.entry());
    }

    static Position position(In in) {
        return new Position(in.random(), in.number(), in.random());
    }

    static void write(Out out, Entry entry) {
        out.random(entry.id()).random(entry.sender()).number(entry.number());
        out.text(entry.event()).payload(entry.data());
        out.each(entry.rooms(), Out::text).each(entry.except(), Out::text);
    }

    static Entry entry(In in) {
        return new Entry(
                in.random(), in.random(), in.number(), in.text(), in.payload(), in.set(In::text), in.set(In::text));
    }

    static void write(Out out, Kept kept) {
        write(out, kept.position());
        write(out.random(kept.before()), kept.entry());
    }

    static Kept kept(In in) {
        return new Kept(position(in), in.random(), entry(in));
    }

    static void write(Out out, LogBounds bounds) {
        out.number(bounds.entries())
                .number(bounds.bytes())
                .number(bounds.windowMillis())
                .number(bounds.nodes());
    }

    static LogBounds bounds(In in) {
        return new LogBounds(in.integer(), in.integer(), in.number(), in.integer());
    }

    static void write(Out out, RoomLog log) {
        write(out, log.base());
        write(out, log.bounds());
        out.each(log.items(), (each, item) -> write(each.number(item.millis()), item.entry()));
    }

    static RoomLog log(In in) {
        Position base = position(in);
        LogBounds bounds = bounds(in);
        List<RoomLog.Item> items = in.list(each -> {
            long millis = each.number();
            return new RoomLog.Item(entry(each), millis);
        });
        return new RoomLog(base, bounds, items);
    }

    // ---- records

    static void write(Out out, SocketRecord record) {
        out.text(record.user()).number(record.windowMillis()).number(record.generation());
        out.text(record.node()).text(record.key()).text(record.formerKey());
        out.json(record.state()).number(record.deadline()).number(record.claimer());
        out.each(record.asked().entrySet(), (each, asked) -> {
            each.number(asked.getKey()).text(asked.getValue().node());
            each.optional(asked.getValue().answer().orElse(null), Out::json);
        });
    }

    static SocketRecord record(In in) {
        String user = in.text();
        long window = in.number();
        long generation = in.number();
        String node = in.text();
        String key = in.text();
        String former = in.text();
        JsonObject state = object(in);
        long deadline = in.number();
        long claimer = in.number();
        Map<Long, SocketRecord.Asked> asked = new LinkedHashMap<>();
        in.list(JournalCodec::asked).forEach(one -> asked.put(one.getKey(), one.getValue()));
        SocketRecord fresh = new SocketRecord(user, window, generation, node, key, state);
        return SocketRecord.restored(fresh, former, deadline, claimer, asked);
    }

    private static Map.Entry<Long, SocketRecord.Asked> asked(In in) {
        long number = in.number();
        String node = in.text();
        return Map.entry(number, new SocketRecord.Asked(node, Optional.ofNullable(in.optional(JournalCodec::object))));
    }

    private static JsonObject object(In in) {
        return (JsonObject) in.json();
    }

    static void write(Out out, RecordStep step) {
        if (step instanceof RecordStep.Create create) {
            out.tag(CREATE).text(create.user()).number(create.windowMillis()).text(create.node());
            out.text(create.key()).json(create.state());
        } else if (step instanceof RecordStep.Write write) {
            out.tag(WRITE).number(write.generation()).json(write.state());
        } else if (step instanceof RecordStep.Take take) {
            out.tag(TAKE).text(take.user()).text(take.key()).text(take.nextKey());
            out.text(take.node()).number(take.now());
        } else if (step instanceof RecordStep.Leave leave) {
            out.tag(LEAVE).number(leave.generation()).number(leave.until());
        } else if (step instanceof RecordStep.Begin begin) {
            out.tag(BEGIN).number(begin.generation()).each(begin.numbers(), Out::number);
        } else if (step instanceof RecordStep.Answered answered) {
            out.tag(ANSWERED).number(answered.number()).optional(answered.answer(), Out::json);
        } else if (step instanceof RecordStep.End end) {
            out.tag(END).number(end.generation()).number(end.now()).number(end.claimer());
        } else if (step instanceof RecordStep.Confirm confirm) {
            out.tag(CONFIRM).number(confirm.generation());
        } else if (step instanceof RecordStep.Look) {
            out.tag(LOOK);
        }
    }

    static RecordStep step(In in) {
        int tag = in.tag();
        return switch (tag) {
            case CREATE -> new RecordStep.Create(in.text(), in.number(), in.text(), in.text(), object(in));
            case WRITE -> new RecordStep.Write(in.number(), object(in));
            case TAKE -> new RecordStep.Take(in.text(), in.text(), in.text(), in.text(), in.number());
            case LEAVE -> new RecordStep.Leave(in.number(), in.number());
            case BEGIN -> new RecordStep.Begin(in.number(), in.list(In::number));
            case ANSWERED -> new RecordStep.Answered(in.number(), in.optional(JournalCodec::object));
            case END -> new RecordStep.End(in.number(), in.number(), in.number());
            case LOOK -> new RecordStep.Look();
            case CONFIRM -> new RecordStep.Confirm(in.number());
            default -> throw In.unknown("step", tag);
        };
    }
}
