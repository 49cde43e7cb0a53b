package dev.switchboard;

import dev.switchboard.bus.Addresses;
import dev.switchboard.token.User;
import dev.switchboard.wire.Handshake;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A verticle that gives sockets their ids, where random ones do not do: name it in {@code namespaces.N.socketIds}. It is
 * asked once for each socket, when its client has been let in and before anything else hears of the socket.
 *
 * <pre>{@code
 * public final class DeviceIds extends SocketIdVerticle {
 *     @Override
 *     protected Future<String> socketId(Newcomer newcomer) {
 *         return Future.succeededFuture(newcomer.user().id() + "@" + newcomer.handshake().query().get("device"));
 *     }
 * }
 * }</pre>
 *
 * <p>An id has 1 to 128 characters, none of them for control, and does not look like a random one (8, a dot, 22). A socket whose
 * id another socket of the namespace has, on whichever node, is refused with 4009. When this verticle fails, gives no such
 * id, or takes longer than {@code handlerTimeout} or half of {@code limits.handshake}, the socket is refused with 1011, and
 * the log says why.
 *
 * <p>Whoever can guess an id can be whom others mean by it, but never take it from a socket that has it.
 */
public abstract class SocketIdVerticle extends VerticleBase {
    private static final String KEY = "switchboard";
    private static final String NAMESPACES = "socketIds";
    private static final int FAILED = 500;

    /**
     * Whose socket wants an id.
     *
     * @param user anonymous where the namespace needs no token and the client brought none
     * @param claims the application's own claims of the page token
     */
    public record Newcomer(String namespace, User user, JsonObject claims, Handshake handshake) {}

    /** The id of one socket. Runs on the context of the verticle. */
    protected abstract Future<String> socketId(Newcomer newcomer) throws Exception;

    /** Prepares what {@link #socketId} needs. */
    protected Future<?> starting() throws Exception {
        return Future.succeededFuture();
    }

    /** The configuration of a verticle that gives the sockets of these namespaces their ids. */
    static JsonObject configured(JsonObject config, List<String> namespaces) {
        if (!namespaces.isEmpty()) {
            config.getJsonObject(KEY).put(NAMESPACES, new JsonArray(namespaces));
        }
        return config;
    }

    @Override
    public final Future<?> start() throws Exception {
        JsonArray namespaces = config().getJsonObject(KEY, new JsonObject()).getJsonArray(NAMESPACES, new JsonArray());
        List<Future<?>> consumers = new ArrayList<>();
        for (Object namespace : namespaces) {
            consumers.add(vertx.eventBus()
                    .localConsumer(Addresses.socketIds((String) namespace), this::take)
                    .completion());
        }
        return Future.all(consumers).compose(v -> prepared());
    }

    private Future<?> prepared() {
        try {
            return starting();
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    private void take(Message<JsonObject> request) {
        Future<String> id;
        try {
            id = socketId(newcomer(request.body()));
        } catch (Exception e) {
            id = Future.failedFuture(e);
        }
        id.onSuccess(request::reply).onFailure(cause -> request.fail(FAILED, String.valueOf(cause)));
    }

    private static Newcomer newcomer(JsonObject json) {
        JsonObject user = json.getJsonObject("user");
        return new Newcomer(
                json.getString("namespace"),
                user == null ? User.anonymous() : new User(user.getString("id"), user.getString("name")),
                json.getJsonObject("claims", new JsonObject()),
                Handshake.of(json.getJsonObject("handshake")));
    }
}
