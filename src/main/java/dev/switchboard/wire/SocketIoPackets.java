package dev.switchboard.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts packets of Socket.IO together of the messages in which they come: a text, and its attachments. For one thread. */
public final class SocketIoPackets {
    private final int limit;
    private final List<byte[]> attachments = new ArrayList<>(0);
    private @Nullable SocketIoPacket begun;
    private long size;

    /**
     * A packet that is all there.
     *
     * @param attachments in the order of their numbers
     */
    public record Whole(SocketIoPacket packet, List<byte[]> attachments) {
        /** The event or the answer that it is. */
        public Inbound inbound() throws PacketException {
            return packet.inbound(attachments);
        }
    }

    /** @param limit bytes of the largest packet, its attachments included */
    public SocketIoPackets(int limit) {
        this.limit = limit;
    }

    /**
     * Takes the next message.
     *
     * @param message valid UTF-8 unless {@code binary}
     * @return the packet that it completes; null when more of it is to come
     */
    public @Nullable Whole take(byte[] message, boolean binary) throws PacketException {
        size = begun == null ? message.length : size + message.length;
        if (size > limit) {
            throw new PacketException(CloseReason.TOO_BIG, "the packet is too big");
        }
        SocketIoPacket packet = begun;
        if ((packet != null) != binary) {
            throw new PacketException(binary ? "an attachment of nothing" : "an attachment is missing");
        }
        if (packet == null) {
            packet = SocketIoPacket.read(message);
            if (packet.attachments() > 0) {
                packet.check();
            }
        } else {
            attachments.add(message);
        }
        boolean whole = attachments.size() == packet.attachments();
        begun = whole ? null : packet;
        return whole ? whole(packet) : null;
    }

    private Whole whole(SocketIoPacket packet) {
        Whole whole = new Whole(packet, List.copyOf(attachments));
        attachments.clear();
        return whole;
    }
}
