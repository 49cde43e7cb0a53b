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
import io.vertx.core.json.JsonObject;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link Out} wrote, and keeps nothing of the bytes. No length is believed that is more than what is left, so
 * forged bytes cost no more memory than they take. For one thread.
 */
final class In {
    // Kinds of payloads, targets and revocations: what is once in use never changes its number.
    static final int ABSENT = 0;
    static final int JSON = 1;
    static final int BINARY = 2;
    static final int MIXED = 3;
    static final int ARGUMENTS = 4;

    static final int ALL = 0;
    static final int ROOM = 1;
    static final int USER = 2;
    static final int SOCKET = 3;
    static final int ROOMS = 4;

    static final int LOGIN = 0;
    static final int TOKEN = 1;
    static final int ALL_OF_USER = 2;

    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int NANOS = 1_000_000_000;

    private final byte[] all;
    private int position;

    /** @param all not changed by anybody */
    In(byte[] all) {
        this.all = all;
    }

    boolean isAtEnd() {
        return position == all.length;
    }

    int tag() {
        if (isAtEnd()) {
            throw new BrokenParcelException("it ends too early, at byte " + position);
        }
        return all[position++] & 0xFF;
    }

    boolean flag() {
        int tag = tag();
        if (tag > 1) {
            throw unknown("flag", tag);
        }
        return tag == 1;
    }

    long number() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            long next = tag();
            number |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new BrokenParcelException("a number does not end, at byte " + position);
    }

    /** One of eight bytes. */
    long random() {
        if (all.length - position < Long.BYTES) {
            throw new BrokenParcelException("it ends too early, after byte " + position);
        }
        long number = (long) LONG.get(all, position);
        position += Long.BYTES;
        return number;
    }

    int integer() {
        long number = number();
        if (number != (int) number) {
            throw new BrokenParcelException("a number is too big, before byte " + position);
        }
        return (int) number;
    }

    /** How many bytes, or values of at least one byte each, come next. */
    int count() {
        long count = number();
        int left = all.length - position;
        if (count < 0 || count > left) {
            throw new BrokenParcelException("it ends too early: " + count + " are to come in " + left + " bytes");
        }
        return (int) count;
    }

    byte[] bytes() {
        int length = count();
        position += length;
        return Arrays.copyOfRange(all, position - length, position);
    }

    String text() {
        return Text.decode(bytes());
    }

    Instant instant() {
        long seconds = number();
        int nanos = integer();
        if (nanos < 0 || nanos >= NANOS) {
            throw new BrokenParcelException("a time has " + nanos + " nanoseconds");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** A String, Number, Boolean, JsonObject or JsonArray: also what was a Map or List comes as the latter two. */
    Object json() {
        Object value = Json.decodeValue(text());
        if (value == null) {
            throw new BrokenParcelException("null is no value here, before byte " + position);
        }
        return value;
    }

    JsonObject object() {
        if (!(json() instanceof JsonObject object)) {
            throw new BrokenParcelException("no object, before byte " + position);
        }
        return object;
    }

    <T> List<T> list(Function<In, T> read) {
        int count = count();
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(read.apply(this));
        }
        return values;
    }

    <T> Set<T> set(Function<In, T> read) {
        List<T> values = list(read);
        return values.isEmpty() ? Set.of() : Set.copyOf(values);
    }

    <T> Map<String, T> map(Function<In, T> read) {
        int count = count();
        Map<String, T> values = new HashMap<>();
        for (int i = 0; i < count; i++) {
            values.put(text(), read.apply(this));
        }
        return Map.copyOf(values);
    }

    <T> @Nullable T optional(Function<In, T> read) {
        return flag() ? read.apply(this) : null;
    }

    Target target() {
        Target.Kind kind = kind(tag());
        String namespace = text();
        return kind == Target.Kind.ROOMS
                ? new Target(namespace, kind, "", set(In::text), set(In::text))
                : new Target(namespace, kind, text(), Set.of(), set(In::text));
    }

    private static Target.Kind kind(int number) {
        return switch (number) {
            case ALL -> Target.Kind.ALL;
            case ROOM -> Target.Kind.ROOM;
            case USER -> Target.Kind.USER;
            case SOCKET -> Target.Kind.SOCKET;
            case ROOMS -> Target.Kind.ROOMS;
            default -> throw unknown("target", number);
        };
    }

    Revocation revocation() {
        return new Revocation(revocationKind(), text(), instant(), instant());
    }

    Revocation.Kind revocationKind() {
        int kind = tag();
        return switch (kind) {
            case LOGIN -> Revocation.Kind.LOGIN;
            case TOKEN -> Revocation.Kind.TOKEN;
            case ALL_OF_USER -> Revocation.Kind.USER;
            default -> throw unknown("revocation", kind);
        };
    }

    Payload payload() {
        int kind = tag();
        return switch (kind) {
            case ABSENT -> Payload.absent();
            case JSON -> Payload.ofJson(bytes());
            case BINARY -> Payload.ofBinary(bytes());
            case MIXED -> Payload.ofJson(bytes(), list(In::bytes));
            case ARGUMENTS -> Payload.ofArguments(array(), list(In::bytes));
            default -> throw unknown("payload", kind);
        };
    }

    private byte[] array() {
        byte[] json = bytes();
        if (json.length < 2 || json[0] != '[') {
            throw new BrokenParcelException("arguments are no array, before byte " + position);
        }
        return json;
    }

    Outcome outcome() {
        return new Outcome(payload(), optional(In::failure));
    }

    Failure failure() {
        return new Failure(text(), text(), flag(), payload());
    }

    CloseReason reason() {
        return new CloseReason(integer(), text(), flag(), integer());
    }

    /** Null when there is none of that length. */
    @Nullable
    TraceContext trace() {
        return TraceContext.of(text(), text());
    }

    User user() {
        return new User(text(), text());
    }

    static BrokenParcelException unknown(String what, int number) {
        return new BrokenParcelException("there is no " + what + " of number " + number);
    }
}
