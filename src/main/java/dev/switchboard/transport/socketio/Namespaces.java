package dev.switchboard.transport.socketio;

import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.NamespaceNames;
import dev.switchboard.hub.Hub;
import dev.switchboard.limit.Place;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Handshake;
import dev.switchboard.wire.PacketException;
import dev.switchboard.wire.SocketIoCodec;
import dev.switchboard.wire.SocketIoPackets;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The namespaces that one session is in, and the packets for them. On the event loop of the session. */
final class Namespaces {
    /** How long an older client may take to ask for a namespace, in milliseconds. */
    private static final long PATIENCE_MILLIS = 1_000;

    /** Names of those that were left longer ago are forgotten: by now nothing is on its way. */
    private static final int MOST_LEFT = 1_000;

    private final Session session;
    private final Arrival arrival;
    private final Hub hub;
    private final NamespaceNames known;
    private final int protocol;
    private final SocketIoPackets packets;
    private final Map<String, NamespaceConnection> connections = new HashMap<>(1);
    private final Set<NamespaceConnection> paused = new HashSet<>(0);

    /** Those that it was in, of which something may still be on its way. */
    private final Set<String> left = new LinkedHashSet<>(0);

    /** Why an older client cannot be in the first namespace, for which it has not asked. */
    private @Nullable Frame unasked;

    /** For the first namespace; the others take their own. */
    private @Nullable Place place;

    /**
     * @param place what the session has on this node until it is in a namespace
     * @param limit bytes of the largest packet, its attachments included
     */
    Namespaces(Session session, Arrival arrival, Hub hub, NamespaceNames known, int protocol, Place place, int limit) {
        this.session = session;
        this.arrival = arrival;
        this.hub = hub;
        this.known = known;
        this.protocol = protocol;
        this.place = place;
        this.packets = new SocketIoPackets(limit);
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    // ---- from the client

    /**
     * Older clients are in the first namespace without asking. All their sockets take a refusal there for their own: so
     * only those are told that ask for no other.
     */
    void begin() {
        if (isOld()) {
            connect("/", new JsonObject());
            session.in(PATIENCE_MILLIS, this::tell);
        }
    }

    private void tell() {
        Frame refusal = unasked;
        unasked = null;
        if (refusal != null && isEmpty() && left.size() <= 1) {
            session.write(refusal);
        }
    }

    /** What a namespace says. */
    void write(String name, Frame frame) {
        if (isOld() && name.equals("/") && SocketIoCodec.isRefusal(frame)) {
            unasked = frame;
        } else {
            session.write(frame);
        }
    }

    private boolean isOld() {
        return protocol < 5;
    }

    /** A message of Engine.IO, which is a packet of Socket.IO or an attachment. */
    void take(byte[] message, boolean binary) throws PacketException {
        SocketIoPackets.Whole whole = packets.take(message, binary);
        if (whole != null) {
            take(whole);
        }
    }

    private void take(SocketIoPackets.Whole whole) throws PacketException {
        String said = whole.packet().namespace();
        String name = isOld() ? path(said) : said;
        NamespaceConnection connection = connections.get(name);
        switch (whole.packet().type()) {
            case CONNECT -> {
                if (connection != null) {
                    throw new PacketException("it is in this namespace already");
                }
                connect(name, isOld() ? query(said) : whole.packet().object());
            }
            case CONNECT_ERROR -> throw new PacketException("only the server says so");
            case DISCONNECT -> {
                if (connection != null) {
                    connection.leave();
                }
            }
            case EVENT, BINARY_EVENT, ACK, BINARY_ACK -> {
                if (connection != null) {
                    connection.received(whole.inbound());
                } else if (!left.contains(name)) {
                    throw new PacketException("it is not in this namespace");
                }
            }
        }
    }

    private static String path(String namespace) {
        int query = namespace.indexOf('?');
        return query < 0 ? namespace : namespace.substring(0, query);
    }

    private static JsonObject query(String namespace) throws PacketException {
        try {
            JsonObject said = new JsonObject();
            new QueryStringDecoder(namespace).parameters().forEach((key, values) -> said.put(key, values.get(0)));
            return said;
        } catch (IllegalArgumentException e) {
            throw new PacketException("the query cannot be read");
        }
    }

    /** @param said with the packet: the token, and what else handlers may read */
    private void connect(String name, JsonObject said) {
        SocketIoCodec codec = new SocketIoCodec(protocol, name);
        NamespaceConfig namespace = known.find(name).orElse(null);
        Handshake handshake = namespace == null ? null : arrival.handshakes().get(namespace.declared());
        if (namespace == null) {
            write(name, codec.unknown());
        } else if (handshake == null) {
            new NamespaceConnection(name, codec, session, this, Return.NEVER)
                    .refuse(CloseReason.REFUSED.because("Not from this origin"));
        } else {
            connect(namespace, codec, handshake, said);
        }
    }

    private void connect(NamespaceConfig namespace, SocketIoCodec codec, Handshake handshake, JsonObject said) {
        Return comesBack = isOld() || namespace.resume().isEmpty() ? Return.NEVER : Return.of(said);
        NamespaceConnection connection = new NamespaceConnection(namespace.name(), codec, session, this, comesBack);
        connections.put(namespace.name(), connection);
        Handshake full = handshake.with(texts(comesBack.without(said)));
        String token = said.getValue("token") instanceof String given ? given : arrival.token();
        Place own = place;
        place = null;
        if (own == null) {
            hub.connect(namespace, connection, full, token).ifPresent(connection::serve);
        } else {
            connection.serve(hub.connect(namespace, connection, full, token, own));
        }
    }

    private static Map<String, String> texts(JsonObject said) {
        Map<String, String> texts = new HashMap<>();
        said.forEach(entry -> {
            if (entry.getValue() instanceof String
                    || entry.getValue() instanceof Number
                    || entry.getValue() instanceof Boolean) {
                texts.put(entry.getKey(), entry.getValue().toString());
            }
        });
        return texts;
    }

    // ---- from the namespaces

    void left(String name, NamespaceConnection connection) {
        connections.remove(name, connection);
        left.add(name);
        if (left.size() > MOST_LEFT) {
            left.remove(left.iterator().next());
        }
        resume(connection);
    }

    void pause(NamespaceConnection connection) {
        paused.add(connection);
        session.pause();
    }

    void resume(NamespaceConnection connection) {
        if (paused.remove(connection) && paused.isEmpty()) {
            session.resume();
        }
    }

    // ---- from the session

    /** The session takes more again. */
    void drained() {
        List.copyOf(connections.values()).forEach(NamespaceConnection::drained);
    }

    /** The session is over. */
    void end(CloseReason reason) {
        if (place != null) {
            place.giveBack();
            place = null;
        }
        List.copyOf(connections.values()).forEach(connection -> connection.end(reason));
    }
}
