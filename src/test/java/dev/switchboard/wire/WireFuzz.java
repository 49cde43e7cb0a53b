package dev.switchboard.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.fuzz.Fuzz;
import dev.switchboard.fuzz.Garble;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What holds for every message of a client, whatever its dialect, and for whatever a handler answers. */
public final class WireFuzz {
    private static final List<String> KEYS =
            List.of("event", "data", "id", "ack", "error", "ping", "pong", "auth", "token", "code", "\\u0065vent", "x");

    private WireFuzz() {}

    public static List<Fuzz<?>> all() {
        return List.of(
                new Fuzz<>("events codec, bytes", Garble.of(garble -> garble.bytes(64)), WireFuzz::events),
                new Fuzz<>(
                        "events codec, JSON", Garble.of(garble -> garble.json(4).getBytes(UTF_8)), WireFuzz::events),
                new Fuzz<>("events codec, messages", Garble.of(WireFuzz::message), WireFuzz::events),
                new Fuzz<>("SockJS codec", Garble.of(WireFuzz::message), WireFuzz::sockJs),
                new Fuzz<>("Socket.IO packets, bytes", Garble.of(garble -> garble.bytes(64)), WireFuzz::socketIo),
                new Fuzz<>("Socket.IO packets", Garble.of(WireFuzz::packet), WireFuzz::socketIo),
                new Fuzz<>("text codec", Garble.of(garble -> garble.bytes(64)), WireFuzz::text),
                new Fuzz<>("payload", Garble.of(garble -> garble.json(4)), WireFuzz::payload),
                new Fuzz<>("payload of a handler", Garble.of(garble -> garble.text(40)), WireFuzz::fromHandler),
                new Fuzz<>("event names", Garble.of(garble -> garble.text(140)), WireFuzz::name),
                new Fuzz<>("handshake", Garble.of(WireFuzz::handshake), WireFuzz::handshake),
                new Fuzz<>("failure of a handler", Garble.of(WireFuzz::failing), WireFuzz::failure));
    }

    private static byte[] message(Garble garble) {
        String[] keys = new String[1 + garble.below(5)];
        Arrays.setAll(keys, n -> garble.once(30) ? garble.string() : "\"" + garble.oneOf(KEYS) + "\"");
        return garble.changed(garble.object(keys, key -> switch (key) {
            case "\"event\"" ->
                garble.once(4) ? garble.json(1) : garble.once(10) ? "\"auth\"" : "\"" + garble.below(9) + "\"";
            case "\"id\"", "\"ack\"", "\"ping\"" ->
                garble.once(4) ? garble.json(1) : String.valueOf(garble.below(1000));
            case "\"data\"", "\"error\"" -> garble.once(3) ? inner(garble) : garble.json(4);
            default -> garble.json(3);
        }));
    }

    private static byte[] packet(Garble garble) {
        String head = garble.below(8)
                + (garble.once(3) ? garble.below(3) + "-" : "")
                + (garble.once(3) ? "/" + garble.below(9) + "," : "")
                + (garble.once(3) ? garble.below(1000) : "");
        String placeholder = "{\"_placeholder\":true,\"num\":" + (garble.below(4) - 1) + "}";
        return garble.changed(head + "[\"" + garble.below(9) + "\"," + garble.json(3)
                + (garble.once(2) ? "," + placeholder : "") + "]");
    }

    /** It is taken, with two attachments where it wants them, or ends the connection. */
    private static void socketIo(byte[] bytes) {
        SocketIoPackets packets = new SocketIoPackets(1 << 16);
        try {
            SocketIoPackets.Whole whole = packets.take(new String(bytes, UTF_8).getBytes(UTF_8), false);
            for (byte n = 0; n < 2 && whole == null; n++) {
                whole = packets.take(new byte[] {n}, true);
            }
            if (whole != null && whole.packet().type() != SocketIoPacket.Type.CONNECT) {
                Inbound message = whole.inbound();
                if (message instanceof Inbound.Event event) {
                    event.data().value();
                    refused(event.name());
                }
            }
        } catch (PacketException refused) {
            assertThat(refused.reason().isSendable()).isTrue();
        }
    }

    private static String inner(Garble garble) {
        String[] keys = {"\"token\"", "\"code\"", "\"message\"", "\"retry\""};
        return garble.object(Arrays.copyOf(keys, 1 + garble.below(keys.length)), key -> garble.json(1));
    }

    /** What was taken looks the same when it is sent on. */
    private static void events(byte[] bytes) {
        Inbound message = Codec.EVENTS.decode(bytes, false);

        Outbound same = answering(message);
        if (same != null) {
            String text = Objects.requireNonNull(Codec.EVENTS.encode(same)).text();
            assertThat(new JsonObject(text).isEmpty()).isFalse();
            if (!(message instanceof Inbound.Ping || message instanceof Inbound.Auth)) {
                assertThat(Codec.EVENTS.decode(text.getBytes(UTF_8), false)).isEqualTo(message);
            }
        }
        if (message instanceof Inbound.Event event) {
            refused(event.name());
            assertThat(event.name()).isEqualTo(new String(event.name().getBytes(UTF_8), UTF_8));
        }
    }

    private static @Nullable Outbound answering(Inbound message) {
        if (message instanceof Inbound.Event event) {
            return new Outbound.Event(event.name(), event.data(), event.id());
        } else if (message instanceof Inbound.Ack ack) {
            return new Outbound.Ack(ack.id(), ack.data());
        } else if (message instanceof Inbound.AckFailure ack) {
            return new Outbound.AckFailure(ack.id(), ack.failure());
        } else if (message instanceof Inbound.Ping ping) {
            return new Outbound.Pong(ping.n());
        }
        return null;
    }

    private static void refused(String event) {
        Outbound refusal = new Outbound.Failed(ErrorCode.UNKNOWN_EVENT.failure(), event);
        JsonObject told = new JsonObject(
                Objects.requireNonNull(Codec.EVENTS.encode(refusal)).text());
        assertThat(told.getJsonObject("data").getString("event")).isEqualTo(event);
    }

    private static void sockJs(byte[] bytes) {
        Inbound message = Codec.SOCKJS.decode(bytes, false);
        assertThat(message).isEqualTo(Codec.EVENTS.decode(bytes, false));
        Outbound same = answering(message);
        if (same != null) {
            String frame = Objects.requireNonNull(Codec.SOCKJS.encode(same)).text();
            assertThat(frame).startsWith("a");
            assertThat(new JsonArray(frame.substring(1)).getString(0))
                    .isEqualTo(Objects.requireNonNull(Codec.EVENTS.encode(same)).text());
        }
    }

    private static void text(byte[] bytes) {
        Inbound.Event binary = (Inbound.Event) Codec.TEXT.decode(bytes, true);
        assertThat(binary.data().bytes()).isEqualTo(bytes);

        String text = new String(bytes, UTF_8);
        Inbound.Event event = (Inbound.Event) Codec.TEXT.decode(text.getBytes(UTF_8), false);
        assertThat(event.data().string()).isEqualTo(text);
        Frame back = Codec.TEXT.encode(new Outbound.Event("message", event.data(), 0));
        assertThat(Objects.requireNonNull(back).text()).isEqualTo(text);
    }

    /** Each accessor gives its kind, or says that the data is invalid. */
    private static void payload(String json) {
        Payload payload = Payload.ofJson(json.getBytes(UTF_8));
        List<Runnable> accessors = List.of(
                payload::object,
                payload::array,
                payload::string,
                payload::number,
                () -> payload.string("x"),
                () -> payload.number("x"),
                () -> payload.bool("x"),
                () -> payload.has("x"),
                () -> assertThat(Payload.of(payload.value()).size()).isPositive());
        for (Runnable accessor : accessors) {
            try {
                accessor.run();
            } catch (EventException refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_DATA.name());
            }
        }
    }

    /** A text that a client sent reaches others as it was, half pairs included, though UTF-8 has none. */
    private static void fromHandler(String text) {
        Payload payload = Payload.of(new JsonObject().put(text, text).put("a list", new JsonArray().add(text)));
        assertThat(payload.object().getString(text)).isEqualTo(text);
        assertThat(Payload.of(text).string()).isEqualTo(text);
        assertThat(new String(payload.bytes(), UTF_8).getBytes(UTF_8)).isEqualTo(payload.bytes());

        Outbound failed = new Outbound.AckFailure(1, new Failure("CODE", text, false));
        JsonObject told = new JsonObject(
                Objects.requireNonNull(Codec.EVENTS.encode(failed)).text());
        assertThat(told.getJsonObject("error").getString("message")).isEqualTo(text);
    }

    private static void name(String text) {
        if (EventNames.isName(text)) {
            assertThat(text.length()).isBetween(1, 128);
            assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
            refused(text);
        }
        try {
            assertThat(EventNames.checked(text)).isSameAs(text);
            assertThat(EventNames.isReserved(text)).isFalse();
        } catch (IllegalArgumentException refusal) {
            assertThat(EventNames.isReserved(text) || !EventNames.isName(text)).isTrue();
        }
    }

    private static Handshake handshake(Garble garble) {
        Map<String, String> query = new HashMap<>();
        Map<String, String> headers = new HashMap<>();
        for (int n = garble.below(4); n > 0; n--) {
            query.put(garble.text(8), garble.text(8));
            headers.put(
                    garble.once(2) ? garble.oneOf(List.of("origin", "host", "cookie")) : garble.text(8),
                    garble.text(12));
        }
        Instant time = Instant.ofEpochMilli(garble.below(Integer.MAX_VALUE));
        return new Handshake(garble.text(20), query, headers, garble.text(8), garble.once(2), time);
    }

    private static void handshake(Handshake handshake) {
        assertThat(Handshake.of(handshake.json())).isEqualTo(handshake);
        assertThat(handshake.url()).startsWith(handshake.path());
        assertThat(new JsonObject(handshake.json().encode()).getString("path")).isEqualTo(handshake.path());
    }

    private static String failing(Garble garble) {
        String[] keys = {"\"code\"", "\"message\"", "\"retry\"", "\"data\"", "\"code\""};
        return garble.once(4)
                ? garble.json(3)
                : garble.object(Arrays.copyOf(keys, 1 + garble.below(keys.length)), key -> garble.json(1));
    }

    private static void failure(String text) {
        Failure failure = Failure.parse(text);
        assertThat(failure.code()).isNotNull();
        assertThat(failure.message()).isNotNull();
        assertThat(failure.exception().failure().json().encode()).isNotEmpty();
    }
}
