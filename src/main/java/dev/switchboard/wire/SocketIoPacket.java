package dev.switchboard.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A packet of Socket.IO as it came, its attachments still to follow (Socket.IO protocol, "Packet encoding"). A broken one
 * ends the connection, as the protocol demands: so whatever is wrong is a {@link PacketException}. Immutable.
 */
public final class SocketIoPacket {
    /** In the order of their numbers. */
    public enum Type {
        CONNECT,
        DISCONNECT,
        EVENT,
        ACK,
        CONNECT_ERROR,
        BINARY_EVENT,
        BINARY_ACK;

        private static final List<Type> ALL = List.of(values());

        boolean isEvent() {
            return this == EVENT || this == BINARY_EVENT;
        }

        boolean isBinary() {
            return this == BINARY_EVENT || this == BINARY_ACK;
        }
    }

    /** More would be a way to make much of little. */
    private static final int MOST_ATTACHMENTS = 1_000;

    private static final int LONGEST_NAMESPACE = 2_048;

    /** 2^53-1, less one: answers are numbered from 1 elsewhere. */
    private static final long LARGEST_ID = (1L << 53) - 2;

    /** Events of the clients' own, which nobody may send (Socket.IO documentation, "Emit cheatsheet"). */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private final Type type;
    private final int attachments;
    private final String namespace;
    private final long id;
    private final byte[] json;

    private SocketIoPacket(Type type, int attachments, String namespace, long id, byte[] json) {
        this.type = type;
        this.attachments = attachments;
        this.namespace = namespace;
        this.id = id;
        this.json = json;
    }

    public Type type() {
        return type;
    }

    /** How many binary messages follow that belong to it. */
    int attachments() {
        return attachments;
    }

    /** The namespace as it stands there: older clients append a query. */
    public String namespace() {
        return namespace;
    }

    /** Reads a packet, which is valid UTF-8. Of its payload it sees to no more than the type demands. */
    public static SocketIoPacket read(byte[] message) throws PacketException {
        return new Reader(message).packet();
    }

    /** The object that comes with it when it connects; empty without one. */
    public JsonObject object() throws PacketException {
        if (json.length == 0) {
            return new JsonObject();
        }
        try {
            return whole().object();
        } catch (EventException e) {
            throw new PacketException("the payload must be an object");
        }
    }

    private Payload whole() throws PacketException {
        try (JsonParser parser = EventsCodec.JSON.createParser(json)) {
            parser.nextToken();
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new PacketException("more than one payload");
            }
            return Payload.ofJson(json);
        } catch (IOException e) {
            throw new PacketException("the payload is not JSON");
        }
    }

    /** Whether its payload is what its type demands, before anything that follows has come. */
    void check() throws PacketException {
        new Arguments(List.of()).read();
    }

    /**
     * The event or the answer.
     *
     * @param binaries all that followed
     */
    public Inbound inbound(List<byte[]> binaries) throws PacketException {
        try {
            return read(binaries);
        } catch (EventException e) {
            throw new PacketException("the payload cannot be read");
        }
    }

    private Inbound read(List<byte[]> binaries) throws PacketException {
        Arguments arguments = new Arguments(binaries);
        String name = arguments.read();
        if (!type.isEvent()) {
            return new Inbound.Ack(id, arguments.payload());
        }
        if (RESERVED.contains(name)) {
            throw new PacketException("the name is the client's own");
        }
        if (!EventNames.isName(name)) {
            return new Inbound.Bad("An event name is a text of 1 to 128 characters");
        }
        Payload data = arguments.payload();
        if (name.equals(EventNames.AUTH)) {
            boolean hasToken = data.has("token") && data.object().getValue("token") instanceof String;
            return new Inbound.Auth(hasToken ? data.string("token") : "", id + 1);
        }
        // They count from 0, where elsewhere 0 stands for none.
        return new Inbound.Event(name, data, id + 1);
    }

    /** The elements of the payload's array; those after the name are the arguments, of an answer all are. */
    private final class Arguments {
        private final List<byte[]> binaries;
        private String name = "";
        private int count;
        private int from;
        private int to;

        Arguments(List<byte[]> binaries) {
            this.binaries = binaries;
        }

        /** Reads all of it; returns the name. */
        String read() throws PacketException {
            try (JsonParser parser = EventsCodec.JSON.createParser(json)) {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw new PacketException("the payload must be an array");
                }
                if (type.isEvent()) {
                    JsonToken first = parser.nextToken();
                    if (first != JsonToken.VALUE_STRING && (first == null || !first.isNumeric())) {
                        throw new PacketException("an event has a name");
                    }
                    name = parser.getText();
                }
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    take(parser);
                }
                if (parser.nextToken() != null) {
                    throw new PacketException("more than one payload");
                }
                return name;
            } catch (IOException e) {
                throw new PacketException("the payload is not JSON");
            }
        }

        private void take(JsonParser parser) throws IOException {
            if (count++ == 0) {
                from = (int) parser.currentTokenLocation().getByteOffset();
            }
            parser.skipChildren();
            parser.finishToken();
            to = (int) parser.currentLocation().getByteOffset();
        }

        /** None, the only one, or the array of several. */
        Payload payload() throws PacketException {
            if (count == 0) {
                return Payload.absent();
            }
            byte[] given = Arrays.copyOfRange(json, from, to);
            if (count > 1) {
                byte[] array = new byte[given.length + 2];
                array[0] = '[';
                System.arraycopy(given, 0, array, 1, given.length);
                array[array.length - 1] = ']';
                return fitting(Payload.ofArguments(array, List.of()), Payload.ofArguments(array, binaries));
            }
            Payload one = fitting(Payload.ofJson(given), Payload.ofJson(given, binaries));
            int only = binaries.isEmpty()
                    ? -1
                    : Placeholders.only(Payload.ofJson(given).value(), binaries.size());
            return only < 0 ? one : Payload.ofBinary(binaries.get(only));
        }

        private Payload fitting(Payload without, Payload with) throws PacketException {
            if (binaries.isEmpty()) {
                return without;
            }
            if (!Placeholders.fit(without.value(), binaries.size())) {
                throw new PacketException("a placeholder for nothing");
            }
            return with;
        }
    }

    /** Reads what stands before the payload. */
    private static final class Reader {
        private final byte[] message;
        private int at;

        Reader(byte[] message) {
            this.message = message;
        }

        SocketIoPacket packet() throws PacketException {
            int number = at < message.length ? message[at++] - '0' : -1;
            if (number < 0 || number >= Type.ALL.size()) {
                throw new PacketException("there is no such type");
            }
            Type type = Type.ALL.get(number);
            int attachments = type.isBinary() ? attachments() : 0;
            String namespace = at < message.length && message[at] == '/' ? namespace() : "/";
            long id = id();
            byte[] json = Arrays.copyOfRange(message, at, message.length);
            if (type == Type.DISCONNECT && json.length > 0) {
                throw new PacketException("no payload belongs here");
            }
            if (id < 0 && (type == Type.ACK || type == Type.BINARY_ACK)) {
                throw new PacketException("an answer to nothing");
            }
            return new SocketIoPacket(type, attachments, namespace, id, json);
        }

        private int attachments() throws PacketException {
            long count = number(MOST_ATTACHMENTS);
            if (count < 0 || at == message.length || message[at++] != '-') {
                throw new PacketException("how many attachments?");
            }
            return (int) count;
        }

        private String namespace() throws PacketException {
            int from = at;
            while (at < message.length && message[at] != ',') {
                at++;
            }
            if (at - from > LONGEST_NAMESPACE) {
                throw new PacketException("the namespace is too long");
            }
            String namespace = new String(message, from, at - from, StandardCharsets.UTF_8);
            at = Math.min(message.length, at + 1);
            return namespace;
        }

        private long id() throws PacketException {
            return number(LARGEST_ID);
        }

        /** The digits that come next; -1 when none do. */
        private long number(long largest) throws PacketException {
            long number = -1;
            while (at < message.length && message[at] >= '0' && message[at] <= '9') {
                number = Math.max(0, number) * 10 + (message[at++] - '0');
                if (number > largest) {
                    throw new PacketException("a number is too large");
                }
            }
            return number;
        }
    }

    @Override
    public String toString() {
        return type + " " + namespace + " " + id;
    }
}
