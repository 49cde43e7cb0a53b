package dev.switchboard.wire;

import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text dialect. Every message from the client is the event {@code message}; an emit to the client sends its data
 * alone. It has no words for open, acks, errors and close: what goes wrong shows in the transport's close code.
 */
final class TextCodec implements Codec {
    private static final String MESSAGE = "message";

    @Override
    public int number() {
        return 2;
    }

    @Override
    public boolean hasAcks() {
        return false;
    }

    @Override
    public boolean hasAuth() {
        return false;
    }

    @Override
    public Inbound decode(byte[] message, boolean binary) {
        Payload data = binary
                ? Payload.ofBinary(message)
                : Payload.ofJson(Json.encodeToBuffer(new String(message, StandardCharsets.UTF_8))
                        .getBytes());
        return new Inbound.Event(MESSAGE, data, 0);
    }

    @Override
    public @Nullable Frame encode(Outbound message) {
        return message instanceof Outbound.Event event ? frame(event.data()) : null;
    }

    private static Frame frame(Payload data) {
        if (data.isBinary()) {
            return Frame.binary(data.bytes());
        }
        boolean string = data.size() > 0 && data.bytes()[0] == '"';
        return Frame.text(string ? data.string().getBytes(StandardCharsets.UTF_8) : data.bytes());
    }
}
