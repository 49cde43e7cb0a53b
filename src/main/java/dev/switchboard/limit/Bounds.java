package dev.switchboard.limit;

import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.NodeLimits;
import dev.switchboard.metrics.Meters;
import dev.switchboard.metrics.Refused;
import dev.switchboard.time.NodeClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the clients of one node share, whichever event loop they are on. For any thread. */
public final class Bounds {
    private final Places places;
    private final Count tcp;
    private final Backlog backlog;
    private final Meters meters;
    private final Map<String, Rates> rates = new HashMap<>();

    /** By pattern. */
    private final Map<String, Names> names = new HashMap<>();

    public Bounds(NodeLimits limits, Map<String, NamespaceConfig> namespaces, Meters meters, NodeClock clock) {
        this.places = new Places(limits, meters, clock);
        this.tcp = new Count(limits.tcpConnections());
        this.backlog = new Backlog(limits.outboundTotal());
        this.meters = meters;
        meters.outbound(backlog::bytes);
        namespaces.forEach((name, namespace) -> {
            namespace.pattern().ifPresent(pattern -> names.put(name, new Names(pattern.most())));
            if (!namespace.rates().isEmpty()) {
                Rates its = new Rates(namespace.rates(), limits.rateEntries(), meters, new Elapsed(clock));
                rates.put(name, its);
            }
        });
        meters.watch(
                places::taken,
                tcp::taken,
                () -> rates.values().stream().mapToLong(Rates::entries).sum());
    }

    /** The sockets. */
    public Places places() {
        return places;
    }

    /** What waits for all clients. */
    public Backlog backlog() {
        return backlog;
    }

    /** A TCP connection came in: whether it may stay. If so, {@link #tcpClosed} is called once at its end. */
    public boolean tcpOpened() {
        boolean fits = tcp.take();
        if (!fits) {
            meters.refused(Refused.TCP);
        }
        return fits;
    }

    public void tcpClosed() {
        tcp.giveBack();
    }

    /** An event loop has the first socket of a namespace that fits a pattern: whether there may be one more of them. */
    public boolean opens(NamespaceConfig namespace) {
        Names taken = names.get(namespace.declared());
        return taken == null || taken.take(namespace.name());
    }

    /** An event loop that has been told that there may be one has no socket of it any more. */
    public void closes(NamespaceConfig namespace) {
        Names taken = names.get(namespace.declared());
        if (taken != null) {
            taken.giveBack(namespace.name());
        }
    }

    /** How fast the events of a new socket may come; empty where the namespace sets no rates. */
    public Optional<Pace> pace(String namespace, String address) {
        return Optional.ofNullable(rates.get(namespace)).map(its -> its.pace(address));
    }
}
