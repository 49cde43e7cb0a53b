package dev.switchboard.cluster;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * What goes from one node to another in one message: the format's version, the header, and the parcels in the order sent.
 *
 * @param from the node that sends
 * @param epoch which link of these two nodes it is
 * @param sequence counts the batches of the link
 */
record Batch(String from, long epoch, long sequence, List<Parcel> parcels) {
    /** Nodes of different formats do not understand each other. */
    private static final int VERSION = 2;

    private static final int HEADER_SIZE = 64;

    Batch {
        parcels = List.copyOf(parcels);
    }

    /** The bytes of a batch of parcels that {@link Parcels#encode} has encoded. */
    static Buffer join(String from, long epoch, long sequence, List<byte[]> parcels) {
        int size = parcels.stream().mapToInt(parcel -> parcel.length).sum();
        Out out = new Out(HEADER_SIZE + size);
        out.tag(VERSION).text(from).number(epoch).number(sequence).number(parcels.size());
        parcels.forEach(out::raw);
        return Buffer.buffer(out.toBytes());
    }

    /** @throws BrokenParcelException when this is not one whole batch */
    static Batch decode(Buffer bytes) {
        In in = new In(bytes.getBytes());
        int version = in.tag();
        if (version != VERSION) {
            throw new BrokenParcelException("version " + version + " is not understood");
        }
        Batch batch = new Batch(in.text(), in.number(), in.number(), in.list(Parcels::read));
        if (!in.isAtEnd()) {
            throw new BrokenParcelException("something comes after the last parcel");
        }
        return batch;
    }
}
