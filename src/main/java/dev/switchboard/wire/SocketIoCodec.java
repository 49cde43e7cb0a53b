package dev.switchboard.wire;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one namespace says in Socket.IO (protocol 5, and 4 for older clients), in messages of Engine.IO: type {@code 4},
 * which binary messages of protocol 3 have as their first byte, and those of protocol 4 do without. An event is the same in
 * all transports, so it is encoded once.
 */
public final class SocketIoCodec implements Codec {
    /** The type of Engine.IO's messages. */
    private static final char MESSAGE = '4';

    private static final int CONNECT = 0;
    private static final int DISCONNECT = 1;
    private static final int EVENT = 2;
    private static final int ACK = 3;
    private static final int CONNECT_ERROR = 4;

    /** What is added to a type that has attachments. */
    private static final int BINARY = 3;

    /**
     * The place of an event that has none, and ends with a text: clients that may come back take the last text for the place
     * of the event.
     */
    public static final String NO_PLACE = "-";

    private static final byte[] PLACEHOLDER = bytes("{\"_placeholder\":true,\"num\":0}");
    private static final int OLD = 4;
    private static final int NUMBER = 3;

    private final boolean old;
    private final String prefix;

    /** @param protocol 5, or 4 which clients 1.x and 2.x speak */
    public SocketIoCodec(int protocol, String namespace) {
        this.old = protocol == OLD;
        this.prefix = namespace.equals("/") ? "" : namespace + ",";
    }

    @Override
    public int number() {
        return old ? NUMBER + 1 : NUMBER;
    }

    @Override
    public boolean hasAcks() {
        return true;
    }

    /** It comes with the packet that connects. */
    @Override
    public boolean hasAuth() {
        return false;
    }

    /** Only a packet without attachments is one message; others are put together below. */
    @Override
    public Inbound decode(byte[] message, boolean binary) {
        try {
            return binary
                    ? new Inbound.Unsupported()
                    : SocketIoPacket.read(message).inbound(List.of());
        } catch (PacketException e) {
            return new Inbound.Bad("The packet is broken");
        }
    }

    @Override
    public @Nullable Frame encode(Outbound message) {
        if (message instanceof Outbound.Event event) {
            return event(event.name(), event.data(), event.id(), event.at());
        } else if (message instanceof Outbound.Ack ack) {
            return arguments(ACK, Long.toString(ack.id() - 1), new byte[0], ack.data());
        } else if (message instanceof Outbound.AckFailure ack) {
            Payload error =
                    Payload.of(new JsonObject().put("error", ack.failure().json()));
            return arguments(ACK, Long.toString(ack.id() - 1), new byte[0], error);
        } else if (message instanceof Outbound.Failed error) {
            JsonObject json = error.failure().json();
            return event(
                    EventNames.ERROR,
                    Payload.of(error.event().isEmpty() ? json : json.put("event", error.event())),
                    0,
                    "");
        } else if (message instanceof Outbound.Open open) {
            return packet(CONNECT, old ? "" : greeting(open.data()).encode());
        } else if (message instanceof Outbound.Refused refused) {
            return refusal(refused);
        } else if (message instanceof Outbound.Close close) {
            Frame why = event(EventNames.CLOSE, Payload.of(close.reason().json()), 0, "");
            return comesBack(close.reason()) ? why : Frame.all(List.of(why, packet(DISCONNECT, "")));
        }
        return null; // It asks below the dialect whether anybody is there.
    }

    /** Where the namespace has resume, the client is told by what it comes back as the socket that it is. */
    private static JsonObject greeting(JsonObject open) {
        String id = open.getString("id");
        JsonObject greeting = new JsonObject().put("sid", id);
        return open.getValue("resume") instanceof JsonObject resume
                ? greeting.put("pid", new SocketIoPid(id, resume.getString("key")).text())
                : greeting;
    }

    /**
     * Whether the client is to come back by itself, which it does when its connection ends and not when it is told to
     * leave the namespace.
     */
    public static boolean comesBack(CloseReason reason) {
        return reason.reconnect() && reason.code() != CloseReason.NORMAL.code();
    }

    /** Who is told that it is refused does not come back by itself: so a node that ends says nothing. */
    private @Nullable Frame refusal(Outbound.Refused refused) {
        Failure failure = refused.failure();
        CloseReason reason = refused.reason();
        if (failure == null && reason.equals(CloseReason.GOING_AWAY)) {
            return null;
        }
        String message = failure == null ? reason.text() : failure.message();
        Object data = failure == null ? reason.json() : told(failure);
        if (old) {
            boolean said = failure != null && !failure.data().isAbsent();
            return packet(CONNECT_ERROR, Json.encode(said ? data : message));
        }
        JsonObject error = new JsonObject().put("message", message).put("data", data);
        return packet(CONNECT_ERROR, error.encode());
    }

    /** What the application says for programs; otherwise the code. */
    private static @Nullable Object told(Failure failure) {
        return failure.data().isAbsent()
                ? new JsonObject().put("code", failure.code()).put("retry", failure.retry())
                : failure.data().value();
    }

    /** There is no such namespace: what the reference says, to the letter. */
    public Frame unknown() {
        String message = "Invalid namespace";
        return packet(
                CONNECT_ERROR,
                old
                        ? Json.encode(message)
                        : new JsonObject().put("message", message).encode());
    }

    /** Whether a frame of this dialect refuses a client. */
    public static boolean isRefusal(Frame frame) {
        return !frame.isBinary() && frame.text().startsWith(MESSAGE + "" + CONNECT_ERROR);
    }

    private Frame packet(int type, String json) {
        return Frame.text(bytes(MESSAGE + "" + type + prefix + json));
    }

    private Frame event(String name, Payload data, long id, String at) {
        // As bytes, not as text: half a surrogate pair has no UTF-8, and Jackson makes it an escape.
        return arguments(
                EVENT,
                id == 0 ? "" : Long.toString(id),
                Json.encodeToBuffer(name).getBytes(),
                data,
                at.isEmpty() && id == 0 && endsWithText(data) ? NO_PLACE : at);
    }

    private static boolean endsWithText(Payload data) {
        byte[] json = data.isBinary() ? PLACEHOLDER : data.bytes();
        int last = json.length - (data.isArguments() ? 2 : 1);
        return last < 0 || json[last] == '"';
    }

    /**
     * The same event with a text as its last argument.
     *
     * @param event what this dialect makes of an event, or the first part of that
     */
    public static Frame with(Frame event, String text) {
        byte[] payload = event.payload();
        return Frame.text(Arrays.copyOf(payload, payload.length - 1), bytes(",\"" + text + "\"]"));
    }

    private Frame arguments(int type, String id, byte[] name, Payload data) {
        return arguments(type, id, name, data, "");
    }

    private Frame arguments(int type, String id, byte[] name, Payload data, String at) {
        List<byte[]> attachments = data.isBinary() ? List.of(data.bytes()) : data.attachments();
        String head =
                attachments.isEmpty() ? MESSAGE + "" + type : MESSAGE + "" + (type + BINARY) + attachments.size() + "-";
        Frame text = Frame.text(bytes(head + prefix + id), array(name, data)).at(at);
        if (attachments.isEmpty()) {
            return text;
        }
        List<Frame> all = new ArrayList<>(List.of(text));
        attachments.forEach(attachment -> all.add(binary(attachment)));
        return Frame.all(all);
    }

    private static byte[] array(byte[] name, Payload data) {
        ByteArrayOutputStream array = new ByteArrayOutputStream(name.length + data.size() + 3);
        array.write('[');
        array.writeBytes(name);
        byte[] rest = data.isBinary() ? PLACEHOLDER : data.bytes();
        int from = data.isArguments() ? 1 : 0;
        int length = data.isArguments() ? rest.length - 2 : rest.length;
        if (length > 0 && name.length > 0) {
            array.write(',');
        }
        array.write(rest, from, length);
        array.write(']');
        return array.toByteArray();
    }

    private Frame binary(byte[] bytes) {
        if (!old) {
            return Frame.binary(bytes);
        }
        byte[] typed = new byte[bytes.length + 1];
        typed[0] = MESSAGE - '0';
        System.arraycopy(bytes, 0, typed, 1, bytes.length);
        return Frame.binary(typed);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
