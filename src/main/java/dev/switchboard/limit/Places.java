package dev.switchboard.limit;

import dev.switchboard.config.NodeLimits;
import dev.switchboard.metrics.Meters;
import dev.switchboard.metrics.Refused;
import dev.switchboard.time.NodeClock;
import dev.switchboard.wire.CloseReason;

/**
 * The connections that may be open on this node at once: of all clients, of one address, of one user; and how fast they
 * may come. For any thread.
 *
 * <pre>
 *   take ──► a Place, which counts for the node and its address ──seat──► and for its user ──giveBack──► for nobody
 * </pre>
 */
public final class Places {
    private final Count all;
    private final Tally addresses;
    private final Tally users;
    private final Allowance rate;
    private final Meters meters;

    Places(NodeLimits limits, Meters meters, NodeClock clock) {
        this.all = new Count(limits.connections());
        this.addresses = new Tally(limits.connectionsPerAddress());
        this.users = new Tally(limits.connectionsPerUser());
        this.rate = new Allowance(limits.connectionRate(), clock);
        this.meters = meters;
    }

    /**
     * A place for a connection.
     *
     * @param address the client's
     * @throws NoPlaceException when there is none; nothing is counted then
     */
    public Place take(String address) throws NoPlaceException {
        if (!all.take()) {
            throw refused(Refused.NODE, CloseReason.TRY_AGAIN_LATER);
        }
        String block = AddressBlock.of(address);
        if (!addresses.take(block)) {
            all.giveBack();
            throw refused(Refused.ADDRESS, CloseReason.RATE_LIMITED);
        }
        if (rate.take() > 0) {
            leave(block);
            throw refused(Refused.RATE, CloseReason.TRY_AGAIN_LATER);
        }
        return new Place(this, block);
    }

    private NoPlaceException refused(Refused by, CloseReason reason) {
        meters.refused(by);
        return new NoPlaceException(reason);
    }

    void leave(String block) {
        addresses.giveBack(block);
        all.giveBack();
    }

    boolean seat(String user) {
        boolean fits = users.take(user);
        if (!fits) {
            meters.refused(Refused.USER);
        }
        return fits;
    }

    void unseat(String user) {
        users.giveBack(user);
    }

    int taken() {
        return all.taken();
    }

    /** How many addresses and users have some. */
    int names() {
        return addresses.names() + users.names();
    }
}
