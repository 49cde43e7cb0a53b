package dev.switchboard.testkit;

import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Payload;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a client of a namespace says and understands, as the page on the wire has it. */
sealed interface Dialect {
    /** A message to the server. */
    record Said(Buffer bytes, boolean binary) {}

    /**
     * A message from the server.
     *
     * @param event empty when it is an answer
     * @param id of the question, or of the answer; 0 when it is neither
     * @param error what the answer fails with
     * @param at its place, where places are told; else empty
     */
    record Heard(
            String event, Payload data, long id, @Nullable JsonObject error, String at) {}

    static Dialect of(Codec codec) {
        return codec == Codec.TEXT ? new Text() : new Events();
    }

    /** An event, and the number by which its answer is known; 0 when none is wanted. */
    Said event(String name, Payload data, long id);

    Said answer(long id, Payload data);

    /** The first message of one who comes back. */
    Said auth(JsonObject former);

    Heard read(Frame frame);

    /** One JSON object per message. */
    record Events() implements Dialect {
        @Override
        public Said event(String name, Payload data, long id) {
            JsonObject json = new JsonObject().put("event", name);
            if (id > 0) {
                json.put("id", id);
            }
            return said(json, data);
        }

        @Override
        public Said answer(long id, Payload data) {
            return said(new JsonObject().put("ack", id), data);
        }

        @Override
        public Said auth(JsonObject former) {
            return said(new JsonObject().put("event", "auth"), Payload.of(new JsonObject().put("resume", former)));
        }

        private static Said said(JsonObject json, Payload data) {
            if (!data.isAbsent()) {
                json.put("data", data.value());
            }
            return new Said(json.toBuffer(), false);
        }

        @Override
        public Heard read(Frame frame) {
            JsonObject json = new JsonObject(Buffer.buffer(frame.payload()));
            Payload data = json.containsKey("data") ? Payload.of(json.getValue("data")) : Payload.absent();
            return json.containsKey("ack")
                    ? new Heard("", data, json.getLong("ack"), json.getJsonObject("error"), "")
                    : new Heard(
                            json.getString("event", ""), data, json.getLong("id", 0L), null, json.getString("at", ""));
        }
    }

    /** Bare texts and bytes, each the event {@code message}. */
    record Text() implements Dialect {
        private static final String MESSAGE = "message";

        @Override
        public Said event(String name, Payload data, long id) {
            if (!name.equals(MESSAGE) || id > 0) {
                throw new IllegalArgumentException(
                        "in the text dialect there is only the event \"message\", without answers");
            }
            boolean text = data.value() instanceof String;
            return new Said(
                    Buffer.buffer(text ? data.string().getBytes(StandardCharsets.UTF_8) : data.bytes()),
                    data.isBinary());
        }

        @Override
        public Said answer(long id, Payload data) {
            throw new IllegalStateException("the text dialect has no answers");
        }

        @Override
        public Said auth(JsonObject former) {
            throw new IllegalStateException("the text dialect has no way to come back");
        }

        @Override
        public Heard read(Frame frame) {
            Payload data = frame.isBinary() ? Payload.ofBinary(frame.payload()) : Payload.of(frame.text());
            return new Heard(MESSAGE, data, 0, null, "");
        }
    }
}
