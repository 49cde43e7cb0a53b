package dev.switchboard.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The handler instances that run, as every hub of this node sees them. */
public final class HandlerDirectory {
    private final LocalMap<String, Announcement> instances;
    private final LocalHubs hubs;
    private final Peers peers;

    public HandlerDirectory(Vertx vertx) {
        this.instances = vertx.sharedData().getLocalMap("switchboard.handlers");
        this.hubs = new LocalHubs(vertx);
        this.peers = Peers.of(vertx);
    }

    /** What an instance of this node that is about to start announces. */
    public Announcement announcement(String handler, Map<String, Set<String>> events) {
        return new Announcement(peers.self(), UUID.randomUUID().toString(), handler, events);
    }

    /** What an instance of a verticle announces. */
    public Announcement announcement(String deployment, String handler, Map<String, Set<String>> events) {
        String instance = deployment + Announcement.SEPARATOR + UUID.randomUUID();
        return new Announcement(peers.self(), instance, handler, events);
    }

    /** Makes an instance of this node known; the Future succeeds when every hub may send it events. */
    public Future<Void> announce(Announcement instance) {
        instances.put(instance.instance(), instance);
        return changed(instance, true)
                .recover(cause -> withdraw(instance).transform(withdrawn -> Future.failedFuture(cause)));
    }

    /** Takes an instance out; once the Future succeeds no hub sends it anything more. */
    public Future<Void> withdraw(Announcement instance) {
        instances.remove(instance.instance());
        return changed(instance, false);
    }

    private Future<Void> changed(Announcement instance, boolean there) {
        return Future.all(hubs.ask(new HubMessage.HandlersChanged()), peers.handler(instance, there))
                .mapEmpty();
    }

    /** All instances of all nodes, ordered by id. */
    public List<Announcement> instances() {
        return Stream.concat(instances.values().stream(), peers.handlers().stream())
                .sorted(Comparator.comparing(Announcement::instance))
                .toList();
    }
}
