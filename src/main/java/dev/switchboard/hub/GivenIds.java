package dev.switchboard.hub;

import dev.switchboard.bus.Addresses;
import dev.switchboard.bus.LocalHubs;
import dev.switchboard.bus.LogFields;
import dev.switchboard.bus.Peers;
import dev.switchboard.bus.SocketIds;
import dev.switchboard.bus.SocketView;
import dev.switchboard.bus.Target;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.socket.IdInUseException;
import dev.switchboard.token.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids that an application gives to its sockets: asked for at its verticle, then taken, on this node first and then in
 * the cluster, so that no two sockets of a namespace have the same. Each is taken back when its socket ends.
 *
 * <p>On the hub's event loop.
 */
final class GivenIds {
    private static final Logger LOG = LoggerFactory.getLogger(GivenIds.class);

    private final Vertx vertx;
    private final LocalHubs here;
    private final Peers peers;
    private final String hub;
    private final long mostMillis;

    /** @param handshake how long a client has to come in; the application gets half of it at most */
    GivenIds(Vertx vertx, String hub, Duration handshake) {
        this.vertx = vertx;
        this.here = new LocalHubs(vertx);
        this.peers = Peers.of(vertx);
        this.hub = hub;
        this.mostMillis = Math.max(1, handshake.toMillis() / 2);
    }

    /** Fails with {@link IdInUseException} for an id that is taken. Any other failure is logged here. */
    Future<String> give(NamespaceConfig namespace, SocketView newcomer) {
        return ask(namespace, newcomer)
                .compose(id -> take(Target.socket(namespace.name(), id)).map(id))
                .onFailure(cause -> {
                    if (!(cause instanceof IdInUseException)) {
                        LogFields.of(newcomer)
                                .log(() ->
                                        LOG.error("A socket of {} got no id, and is refused", namespace.name(), cause));
                    }
                });
    }

    private Future<String> ask(NamespaceConfig namespace, SocketView newcomer) {
        long limit = Math.min(namespace.handlerTimeout().toMillis(), mostMillis);
        DeliveryOptions options = new DeliveryOptions().setLocalOnly(true).setSendTimeout(limit);
        return vertx.eventBus()
                .request(Addresses.socketIds(namespace.declared()), json(newcomer), options)
                .map(reply -> checked(reply.body()));
    }

    private static JsonObject json(SocketView newcomer) {
        User user = newcomer.user();
        return new JsonObject()
                .put("namespace", newcomer.namespace())
                .put(
                        "user",
                        user.isAnonymous()
                                ? null
                                : new JsonObject().put("id", user.id()).put("name", user.name()))
                .put("claims", newcomer.claims().copy())
                .put("handshake", newcomer.handshake().json());
    }

    private static String checked(Object given) {
        if (given instanceof String id && SocketIds.mayBeGiven(id)) {
            return id;
        }
        throw VertxException.noStackTrace("an id has 1 to 128 characters, and not the form of a random one");
    }

    private Future<Void> take(Target socket) {
        if (!here.give(socket, hub)) {
            return Future.failedFuture(new IdInUseException());
        }
        return peers.claim(socket)
                .compose(got -> got ? Future.<Void>succeededFuture() : Future.failedFuture(new IdInUseException()))
                .onFailure(cause -> here.takeBack(socket));
    }

    /** The cluster first: who takes the id on this node then must find it free there. */
    void takeBack(Target socket) {
        peers.release(socket)
                .onFailure(cause -> LOG.warn("The id of a socket that ended is not free in the cluster", cause))
                .onComplete(released -> here.takeBack(socket));
    }
}
