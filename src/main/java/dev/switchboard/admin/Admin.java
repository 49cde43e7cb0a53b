package dev.switchboard.admin;

import dev.switchboard.bus.Answerers;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Peers;
import dev.switchboard.bus.Target;
import dev.switchboard.config.AdminConfig;
import dev.switchboard.token.PageToken;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the admin page can see and do, on whatever node it is about. What is asked and ordered is JSON of a person who has the
 * role; a Future fails with an {@link EventException} when it makes no sense, or nobody is meant.
 */
public final class Admin {
    private static final Logger LOG = LoggerFactory.getLogger(Admin.class);
    private static final long LIMIT_MILLIS = 5_000;
    private static final int LONGEST_TEXT = 4_000;

    private final AdminConfig config;
    private final Hubs hubs;
    private final Peers peers;
    private final Answerers answerers;
    private final Overview overview;
    private final People people;

    /** @param namespaces of this node */
    public Admin(Vertx vertx, AdminConfig config, List<String> namespaces) {
        this.config = config;
        this.hubs = new Hubs(vertx);
        this.peers = Peers.of(vertx);
        this.answerers = new Answerers(vertx);
        this.overview = new Overview(vertx, namespaces);
        this.people = new People(hubs, peers);
    }

    /** Whether the user of a verified token has the role. */
    public boolean admits(PageToken token) {
        Object roles = token.claims().getValue(config.claim());
        return config.role().equals(roles) || (roles instanceof JsonArray list && list.contains(config.role()));
    }

    /** How all nodes are. */
    public Future<JsonObject> state() {
        return overview.json();
    }

    /** Sockets or rooms: {@code {"namespace","what":"user"|"socket"|"room"|"rooms"|"all","name"}}. */
    public Future<JsonObject> find(JsonObject question) {
        String namespace = text(question, "namespace");
        String name = question.getString("name", "");
        return switch (text(question, "what")) {
            case "user" -> people.sockets(Target.user(namespace, name));
            case "socket" -> people.sockets(Target.socket(namespace, name));
            case "room" -> people.sockets(Target.room(namespace, name));
            case "all" -> people.sockets(Target.all(namespace));
            case "rooms" -> people.rooms(namespace, name);
            default -> throw senseless("There is no such question");
        };
    }

    /**
     * Does something, and notes in the log who wanted it: {@code {"do":"kick"|"join"|"leave"|"notice"|"log-out"|"drain",…}}.
     *
     * @throws EventException when something is missing
     */
    public Future<Void> act(JsonObject order, User by) {
        Future<Void> done = act(order);
        LOG.info("{} orders {}", new JsonObject().put("user", by.id()).encode(), order.encode());
        return done;
    }

    private Future<Void> act(JsonObject order) {
        return switch (text(order, "do")) {
            case "kick" -> hubs.act(new HubMessage.Disconnect(target(order), CloseReason.KICKED));
            case "join" -> hubs.act(new HubMessage.Move(target(order), text(order, "room"), true));
            case "leave" -> hubs.act(new HubMessage.Move(target(order), text(order, "room"), false));
            case "log-out" -> hubs.logOut(text(order, "user"));
            case "notice" -> notice(order);
            case "drain" -> drain(order.getString("node", ""));
            default -> throw senseless("There is no such order");
        };
    }

    private Future<Void> notice(JsonObject order) {
        String namespace = text(order, "namespace");
        String room = order.getString("room", "");
        Target whom = room.isEmpty() ? Target.all(namespace) : Target.room(namespace, room);
        return hubs.emit(whom, config.notice(), Payload.of(new JsonObject().put("text", text(order, "text"))));
    }

    private Future<Void> drain(String node) {
        Payload drain = Payload.of(AdminDesk.DRAIN);
        Future<Outcome> told = node.equals(peers.self())
                ? answerers.ask(AdminDesk.NAME, drain, LIMIT_MILLIS)
                : peers.ask(node, AdminDesk.NAME, drain, LIMIT_MILLIS);
        return told.compose(outcome -> {
            Failure failure = outcome.failure();
            return failure == null ? Future.succeededFuture() : Future.failedFuture(failure.exception());
        });
    }

    /** One socket, or all of a user. */
    private static Target target(JsonObject order) {
        String namespace = text(order, "namespace");
        String socket = order.getString("socket", "");
        return socket.isEmpty() ? Target.user(namespace, text(order, "user")) : Target.socket(namespace, socket);
    }

    private static String text(JsonObject json, String key) {
        String text = json.getValue(key) instanceof String given ? given : "";
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw senseless("\"" + key + "\" is missing, or too long");
        }
        return text;
    }

    private static EventException senseless(String why) {
        return ErrorCode.INVALID_DATA.failure(why).exception();
    }
}
