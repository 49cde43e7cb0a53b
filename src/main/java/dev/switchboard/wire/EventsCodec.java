package dev.switchboard.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events dialect: one JSON object per message, in both directions. The value of {@code data} is checked to be
 * well-formed, but kept as the bytes that came.
 */
final class EventsCodec implements Codec {
    /** Messages are UTF-8, whatever their first bytes look like; keys are the client's, so they are not interned. */
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_MESSAGE = 1_000;
    private static final long LARGEST_ID = (1L << 53) - 1;
    private static final byte[] EVENT = bytes("{\"event\":");
    private static final byte[] DATA = bytes(",\"data\":");
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] END = bytes("}");

    @Override
    public int number() {
        return 0;
    }

    @Override
    public boolean hasAcks() {
        return true;
    }

    @Override
    public boolean hasAuth() {
        return true;
    }

    @Override
    public Inbound decode(byte[] message, boolean binary) {
        if (binary) {
            return new Inbound.Unsupported();
        }
        try (JsonParser parser = JSON.createParser(message)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Inbound.Bad("A message is a JSON object");
            }
            Envelope envelope = new Envelope(message);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                envelope.take(parser);
            }
            if (parser.nextToken() != null) {
                return new Inbound.Bad("A message is one JSON object");
            }
            return envelope.open();
        } catch (IOException e) {
            return new Inbound.Bad("The message is not valid JSON");
        }
    }

    @Override
    public Frame encode(Outbound message) {
        return frame(message);
    }

    static Frame frame(Outbound message) {
        if (message instanceof Outbound.Event event) {
            return event.at().isEmpty() ? event(event.name(), event.data(), event.id()) : kept(event);
        } else if (message instanceof Outbound.Ack ack) {
            byte[] key = ack.data().isAbsent() ? NOTHING : DATA;
            return Frame.text(bytes("{\"ack\":" + ack.id()), key, ack.data().json(), END);
        } else if (message instanceof Outbound.AckFailure ack) {
            byte[] error = ack.failure().json().toBuffer().getBytes();
            return Frame.text(bytes("{\"ack\":" + ack.id() + ",\"error\":"), error, END);
        } else if (message instanceof Outbound.Failed error) {
            JsonObject json = error.failure().json();
            return event(
                    EventNames.ERROR, Payload.of(error.event().isEmpty() ? json : json.put("event", error.event())), 0);
        } else if (message instanceof Outbound.Open open) {
            return event(EventNames.OPEN, Payload.of(open.data()), 0);
        } else if (message instanceof Outbound.Refused refused) {
            Frame close = frame(new Outbound.Close(refused.reason()));
            Failure failure = refused.failure();
            return failure == null ? close : Frame.all(List.of(frame(new Outbound.Failed(failure, "")), close));
        } else if (message instanceof Outbound.Close close) {
            return event(EventNames.CLOSE, Payload.of(close.reason().json()), 0);
        }
        return Frame.text(bytes("{\"pong\":"), ((Outbound.Pong) message).n().bytes(), END);
    }

    private static Frame event(String name, Payload data, long id) {
        byte[] key = data.isAbsent() ? NOTHING : DATA;
        return Frame.text(EVENT, quoted(name), key, data.json(), id == 0 ? END : bytes(",\"id\":" + id + "}"));
    }

    /** One that stands in a log. */
    private static Frame kept(Outbound.Event event) {
        byte[] key = event.data().isAbsent() ? NOTHING : DATA;
        byte[] at = bytes(",\"at\":\"" + event.at() + "\"}");
        return Frame.text(EVENT, quoted(event.name()), key, event.data().json(), at);
    }

    private static byte[] quoted(String name) {
        // Else as bytes, not as text: half a surrogate pair has no UTF-8, and Jackson makes it an escape.
        return isPlain(name)
                ? bytes('"' + name + '"')
                : Json.encodeToBuffer(name).getBytes();
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The keys of one message that mean something. */
    private static final class Envelope {
        private final byte[] message;
        private @Nullable String event;
        private boolean badEvent;
        private Payload data = Payload.absent();
        private @Nullable Payload error;
        private @Nullable Payload ping;
        private boolean pong;
        private long id;
        private long ack;
        private @Nullable String traceParent;
        private @Nullable String traceState;

        Envelope(byte[] message) {
            this.message = message;
        }

        void take(JsonParser parser) throws IOException {
            String key = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (key) {
                case "event" -> {
                    badEvent = token != JsonToken.VALUE_STRING;
                    event = badEvent ? "" : parser.getText();
                    parser.skipChildren();
                }
                case "data" -> data = Payload.slice(message, parser);
                case "error" -> error = Payload.slice(message, parser);
                case "ping" -> ping = Payload.slice(message, parser);
                case "pong" -> {
                    pong = true;
                    parser.skipChildren();
                }
                case "id" -> id = number(parser, token);
                case "ack" -> ack = number(parser, token);
                case "traceparent" -> traceParent = text(parser, token);
                case "tracestate" -> traceState = text(parser, token);
                default -> parser.skipChildren();
            }
        }

        /** What is no text is as good as absent. */
        private static @Nullable String text(JsonParser parser, @Nullable JsonToken token) throws IOException {
            String text = token == JsonToken.VALUE_STRING ? parser.getText() : null;
            parser.skipChildren();
            return text;
        }

        private static long number(JsonParser parser, @Nullable JsonToken token) throws IOException {
            boolean fits = token == JsonToken.VALUE_NUMBER_INT
                    && (parser.getNumberType() == JsonParser.NumberType.INT
                            || parser.getNumberType() == JsonParser.NumberType.LONG)
                    && parser.getLongValue() >= 1
                    && parser.getLongValue() <= LARGEST_ID;
            long number = fits ? parser.getLongValue() : -1;
            parser.skipChildren();
            return number;
        }

        Inbound open() {
            if (id < 0 || ack < 0) {
                return new Inbound.Bad("An id is a whole number from 1 to 2^53-1");
            }
            if (event != null) {
                return event(event);
            }
            if (ack > 0) {
                return error == null ? new Inbound.Ack(ack, data) : new Inbound.AckFailure(ack, failure(error));
            }
            if (ping != null) {
                return number(ping) ? new Inbound.Ping(ping) : new Inbound.Bad("A ping carries a number");
            }
            return pong ? new Inbound.Pong() : new Inbound.Bad("The message names no event");
        }

        private Inbound event(String name) {
            if (badEvent || !EventNames.isName(name)) {
                return new Inbound.Bad("An event name is a text of 1 to 128 characters");
            }
            if (!name.equals(EventNames.AUTH)) {
                return new Inbound.Event(name, data, id, TraceContext.of(traceParent, traceState));
            }
            String token = data.has("token") && data.object().getValue("token") instanceof String given ? given : "";
            return new Inbound.Auth(
                    token, id, data.has("resume") ? data.object().getValue("resume") : null);
        }

        private static boolean number(Payload ping) {
            return ping.size() <= 20 && ping.value() instanceof Number;
        }

        /** A handler may tell it to somebody else. */
        private static String cut(String text, int longest) {
            return text.length() <= longest ? text : text.substring(0, longest);
        }

        private static Failure failure(Payload error) {
            JsonObject json = error.value() instanceof JsonObject object ? object : new JsonObject();
            Object code = json.getValue("code");
            Object message = json.getValue("message");
            return new Failure(
                    code instanceof String text ? cut(text, LONGEST_CODE) : ErrorCode.HANDLER_FAILED.name(),
                    message instanceof String text ? cut(text, LONGEST_MESSAGE) : "",
                    false);
        }
    }
}
