package dev.switchboard.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The data of an event: nothing, any JSON value, or bytes (only in dialects that carry them). JSON is kept as the bytes
 * that came and parsed when somebody asks, so what is only passed on is never parsed and printed again. Within JSON, too,
 * there may be bytes: {@link #value} has a Buffer there, and a dialect that cannot carry them base64 text.
 *
 * <p>Immutable, for any thread. The accessors that expect a type throw {@link EventException} with {@code INVALID_DATA}
 * when the data is something else, so a handler may use them without checks of its own:
 *
 * <pre>{@code
 * on.event("whisper", (socket, data) -> socket.toUser(data.string("to")).emit("whisper", data));
 * }</pre>
 */
public final class Payload implements Shareable {
    private enum Kind {
        ABSENT,
        JSON,
        BINARY
    }

    private static final Payload ABSENT = new Payload(Kind.ABSENT, new byte[0]);

    private final Kind kind;
    private final byte[] bytes;

    /** The bytes within the JSON, which has a {@link Placeholders placeholder} for each. */
    private final List<byte[]> attachments;

    /** Whether it is an array of what a client of several arguments gets as such. */
    private final boolean arguments;

    /** Found at the first look at one of its keys; two threads that race both find the same. */
    private @Nullable Map<String, Payload> members;

    private Payload(Kind kind, byte[] bytes) {
        this(kind, bytes, List.of(), false);
    }

    private Payload(Kind kind, byte[] bytes, List<byte[]> attachments, boolean arguments) {
        this.kind = kind;
        this.bytes = bytes;
        this.attachments = attachments;
        this.arguments = arguments;
    }

    public static Payload absent() {
        return ABSENT;
    }

    /** Takes JSON as it is: the caller has checked that it is one well-formed value, and never changes the array. */
    public static Payload ofJson(byte[] json) {
        return new Payload(Kind.JSON, json);
    }

    /**
     * The same with bytes within it.
     *
     * @param attachments the bytes for which {@code {"_placeholder":true,"num":n}} stands in the JSON
     */
    public static Payload ofJson(byte[] json, List<byte[]> attachments) {
        return new Payload(Kind.JSON, json, List.copyOf(attachments), false);
    }

    /** The same for an array of {@link #arguments}. */
    public static Payload ofArguments(byte[] json, List<byte[]> attachments) {
        return new Payload(Kind.JSON, json, List.copyOf(attachments), true);
    }

    /**
     * Several arguments, for clients that take several with an event: those of Socket.IO. To everybody else it is the
     * array of them.
     *
     * <pre>{@code
     * socket.emit("moved", Payload.arguments("ann", 12, 7));
     * }</pre>
     *
     * @param values as {@link #of} takes them
     */
    public static Payload arguments(@Nullable Object... values) {
        JsonArray array = new JsonArray();
        for (Object value : values) {
            array.add(value instanceof Payload payload ? payload.value() : value);
        }
        Payload json = of(array);
        return ofArguments(json.bytes, json.attachments);
    }

    /** Takes bytes as they are; the caller never changes the array. */
    public static Payload ofBinary(byte[] bytes) {
        return new Payload(Kind.BINARY, bytes);
    }

    /**
     * Makes a payload of what handlers hand over: null (JSON null), a String, Number, Boolean, JsonObject, JsonArray,
     * Map, List, Set, a Buffer (bytes), or a Payload (itself). There may be Buffers within it.
     *
     * @throws io.vertx.core.json.EncodeException for anything that has no JSON form
     */
    public static Payload of(@Nullable Object value) {
        if (value instanceof Payload payload) {
            return payload;
        }
        if (value instanceof Buffer buffer) {
            return ofBinary(buffer.getBytes());
        }
        Object json = value instanceof Set<?> set ? List.copyOf(set) : value;
        if (Placeholders.areNeeded(json)) {
            Placeholders placeholders = new Placeholders();
            Object emptied = placeholders.in(json);
            return ofJson(encode(emptied).getBytes(), placeholders.bytes());
        }
        return ofJson(encode(json).getBytes());
    }

    private static Buffer encode(@Nullable Object json) {
        try {
            return Json.encodeToBuffer(json);
        } catch (EncodeException e) {
            return Json.encodeToBuffer(withStrings(json));
        }
    }

    /** Other languages have texts that are no String. */
    private static @Nullable Object withStrings(@Nullable Object json) {
        if (json instanceof CharSequence text) {
            return text.toString();
        }
        if (json instanceof Iterable<?> all) {
            JsonArray array = new JsonArray();
            all.forEach(one -> array.add(withStrings(one)));
            return array;
        }
        if (json instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((key, value) -> object.put(String.valueOf(key), withStrings(value)));
            return object;
        }
        return json instanceof JsonObject object ? withStrings(object.getMap()) : json;
    }

    public boolean isAbsent() {
        return kind == Kind.ABSENT;
    }

    public boolean isBinary() {
        return kind == Kind.BINARY;
    }

    /** Whether it is several arguments, in an array. */
    public boolean isArguments() {
        return arguments;
    }

    /** How many bytes it takes. */
    public int size() {
        int size = bytes.length;
        for (byte[] attachment : attachments) {
            size += attachment.length;
        }
        return size;
    }

    /** The JSON text, with placeholders for the {@link #attachments}; or the bytes. Shared: not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The bytes within the JSON. Shared: not to be changed. */
    public List<byte[]> attachments() {
        return attachments;
    }

    /** JSON text in any case: bytes, which have no such form, as base64 text. Shared: not to be changed. */
    public byte[] json() {
        return kind == Kind.BINARY || !attachments.isEmpty()
                ? Json.encodeToBuffer(value()).getBytes()
                : bytes;
    }

    /** The decoded value, made anew at each call: null, String, Number, Boolean, JsonObject, JsonArray, or Buffer. */
    public @Nullable Object value() {
        return switch (kind) {
            case ABSENT -> null;
            case BINARY -> Buffer.buffer(bytes);
            case JSON -> decode();
        };
    }

    private @Nullable Object decode() {
        try {
            Object json = Json.decodeValue(Buffer.buffer(bytes));
            return attachments.isEmpty() ? json : Placeholders.fill(json, attachments);
        } catch (DecodeException e) {
            throw invalid("must be JSON");
        }
    }

    /** The data as an object, made anew at each call. */
    public JsonObject object() {
        return expect(JsonObject.class, "must be an object");
    }

    /** The data as an array, made anew at each call. */
    public JsonArray array() {
        return expect(JsonArray.class, "must be an array");
    }

    /** The data as a string. */
    public String string() {
        return expect(String.class, "must be a string");
    }

    /** The data as a number. */
    public Number number() {
        Number number = expect(Number.class, "must be a number");
        if (!isFinite(number)) {
            throw invalid("must be a smaller number");
        }
        return number;
    }

    /** JSON may write numbers, such as 1e999, that are infinite to Java. */
    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue()) || number instanceof BigInteger;
    }

    /** The string under a key of the data. */
    public String string(String key) {
        return expect(key, String.class, "a string");
    }

    /** The number under a key of the data. */
    public Number number(String key) {
        Number number = expect(key, Number.class, "a number");
        if (!isFinite(number)) {
            throw invalid("needs \"" + key + "\" to be a smaller number");
        }
        return number;
    }

    /** The truth under a key of the data. */
    public boolean bool(String key) {
        return expect(key, Boolean.class, "true or false");
    }

    /**
     * What is under a key of the data, as it came: the way to pass it on, for it is neither parsed nor printed. Absent when
     * the data has no such key.
     *
     * <pre>{@code
     * on.event("say", (socket, data) -> socket.toRoom(data.string("room")).emit("said", data.payload("text")));
     * }</pre>
     */
    public Payload payload(String key) {
        return members().getOrDefault(key, ABSENT);
    }

    /** Whether the data is an object that has this key with something other than null. */
    public boolean has(String key) {
        return kind == Kind.JSON
                && bytes.length > 0
                && bytes[0] == '{'
                && payload(key).value() != null;
    }

    private <T> T expect(Class<T> type, String demand) {
        Object value = value();
        if (!type.isInstance(value)) {
            throw invalid(demand);
        }
        return type.cast(value);
    }

    private <T> T expect(String key, Class<T> type, String what) {
        Object value = payload(key).value();
        if (!type.isInstance(value)) {
            throw invalid("needs \"" + key + "\" to be " + what);
        }
        return type.cast(value);
    }

    private Map<String, Payload> members() {
        Map<String, Payload> known = members;
        if (known == null) {
            known = attachments.isEmpty() ? slices() : values();
            members = known;
        }
        return known;
    }

    /** Of a key that comes twice the last counts, as in {@link #object}. */
    private Map<String, Payload> slices() {
        Map<String, Payload> slices = new HashMap<>();
        try (JsonParser parser = EventsCodec.JSON.createParser(bytes)) {
            if (kind != Kind.JSON || parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("must be an object");
            }
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                parser.nextToken();
                slices.put(key, slice(bytes, parser));
            }
        } catch (IOException e) {
            throw invalid("must be JSON");
        }
        return slices;
    }

    /** With what bytes are in each; the others are not for whom it is passed on to. */
    private Map<String, Payload> values() {
        Map<String, Payload> values = new HashMap<>();
        object().getMap().forEach((key, value) -> values.put(key, of(value)));
        return values;
    }

    /** The value at which the parser stands; it then stands at its end. */
    static Payload slice(byte[] json, JsonParser parser) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return ofJson(
                Arrays.copyOfRange(json, from, (int) parser.currentLocation().getByteOffset()));
    }

    private static EventException invalid(String demand) {
        return ErrorCode.INVALID_DATA.failure("The data " + demand).exception();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload that
                && kind == that.kind
                && arguments == that.arguments
                && (isSame(that) || (kind == Kind.JSON && Objects.equals(value(), that.value())));
    }

    private boolean isSame(Payload that) {
        return Arrays.equals(bytes, that.bytes) && attachments.isEmpty() && that.attachments.isEmpty();
    }

    @Override
    public int hashCode() {
        Object value = value();
        return value instanceof Map<?, ?> map ? map.size() : Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case ABSENT -> "absent";
            case BINARY -> bytes.length + " bytes";
            case JSON -> new String(bytes, StandardCharsets.UTF_8);
        };
    }
}
