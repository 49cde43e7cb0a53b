package dev.switchboard.cluster;

import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Target;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the values that parcels are made of; {@link In} reads them. For one thread. */
final class Out {
    private static final int LONGEST_NUMBER = 10;

    private byte[] all;
    private int size;

    Out(int sizeHint) {
        this.all = new byte[sizeHint];
    }

    /** What has been written. */
    byte[] toBytes() {
        return size == all.length ? all : Arrays.copyOf(all, size);
    }

    private void need(int more) {
        if (all.length - size < more) {
            all = Arrays.copyOf(all, Math.max(size + more, 2 * all.length));
        }
    }

    /** One of a few alternatives, 0 to 255. */
    Out tag(int tag) {
        need(1);
        all[size++] = (byte) tag;
        return this;
    }

    Out flag(boolean flag) {
        return tag(flag ? 1 : 0);
    }

    /** Seven bits a byte, the lowest first: small numbers are short, negative ones take ten bytes. */
    Out number(long number) {
        need(LONGEST_NUMBER);
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            all[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        all[size++] = (byte) rest;
        return this;
    }

    /** A number that is seldom small, in eight bytes. */
    Out random(long number) {
        need(Long.BYTES);
        In.LONG.set(all, size, number);
        size += Long.BYTES;
        return this;
    }

    Out bytes(byte[] bytes) {
        return number(bytes.length).raw(bytes);
    }

    /** What was written by another one. */
    Out raw(byte[] bytes) {
        need(bytes.length);
        System.arraycopy(bytes, 0, all, size, bytes.length);
        size += bytes.length;
        return this;
    }

    Out text(String text) {
        return bytes(Text.encode(text));
    }

    Out instant(Instant instant) {
        return number(instant.getEpochSecond()).number(instant.getNano());
    }

    /** As text: Jackson refuses to print half a surrogate pair as UTF-8. */
    Out json(Object value) {
        return text(Json.encode(value));
    }

    <T> Out each(Collection<T> values, BiConsumer<Out, T> write) {
        number(values.size());
        values.forEach(value -> write.accept(this, value));
        return this;
    }

    <T> Out map(Map<String, T> values, BiConsumer<Out, T> write) {
        number(values.size());
        values.forEach((key, value) -> write.accept(text(key), value));
        return this;
    }

    <T> Out optional(@Nullable T value, BiConsumer<Out, T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(this, value);
        }
        return this;
    }

    Out target(Target target) {
        tag(number(target.kind())).text(target.namespace());
        if (target.kind() == Target.Kind.ROOMS) {
            each(target.rooms(), Out::text);
        } else {
            text(target.name());
        }
        return each(target.except(), Out::text);
    }

    Out revocation(Revocation revocation) {
        return kind(revocation.kind())
                .text(revocation.name())
                .instant(revocation.upTo())
                .instant(revocation.until());
    }

    Out kind(Revocation.Kind kind) {
        return tag(number(kind));
    }

    private static int number(Revocation.Kind kind) {
        return switch (kind) {
            case LOGIN -> In.LOGIN;
            case TOKEN -> In.TOKEN;
            case USER -> In.ALL_OF_USER;
        };
    }

    private static int number(Target.Kind kind) {
        return switch (kind) {
            case ALL -> In.ALL;
            case ROOM -> In.ROOM;
            case USER -> In.USER;
            case SOCKET -> In.SOCKET;
            case ROOMS -> In.ROOMS;
        };
    }

    Out payload(Payload payload) {
        if (payload.isAbsent()) {
            return tag(In.ABSENT);
        }
        if (payload.isBinary()) {
            return tag(In.BINARY).bytes(payload.bytes());
        }
        if (payload.isArguments() || !payload.attachments().isEmpty()) {
            return tag(payload.isArguments() ? In.ARGUMENTS : In.MIXED)
                    .bytes(payload.bytes())
                    .each(payload.attachments(), Out::bytes);
        }
        return tag(In.JSON).bytes(payload.bytes());
    }

    Out outcome(Outcome outcome) {
        return payload(outcome.data()).optional(outcome.failure(), Out::failure);
    }

    Out failure(Failure failure) {
        return text(failure.code())
                .text(failure.message())
                .flag(failure.retry())
                .payload(failure.data());
    }

    Out reason(CloseReason reason) {
        return number(reason.code())
                .text(reason.text())
                .flag(reason.reconnect())
                .number(reason.after());
    }

    Out trace(TraceContext trace) {
        return text(trace.parent()).text(trace.state());
    }

    Out user(User user) {
        return text(user.id()).text(user.name());
    }
}
