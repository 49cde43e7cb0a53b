package dev.switchboard.admin;

import dev.switchboard.bus.Answer;
import dev.switchboard.bus.Answerers;
import dev.switchboard.bus.Answers;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.Outcome;
import dev.switchboard.bus.Peers;
import dev.switchboard.bus.Survey;
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
import java.time.Duration;
import java.util.List;

/**
 * What the admin page can see and do, on whatever node it is about. What is asked and ordered is JSON of a person who has the
 * role; a Future fails with an {@link EventException} when it makes no sense, or nobody is meant.
 */
public final class Admin {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST_TEXT = 4_000;

    private final AdminConfig config;
    private final Hubs hubs;
    private final Peers peers;
    private final Answerers answerers;
    private final Survey survey;
    private final LogLevels levels;
    private final Overview overview;
    private final People people;

    /** @param namespaces of this node */
    public Admin(Vertx vertx, AdminConfig config, List<String> namespaces) {
        this.config = config;
        this.hubs = new Hubs(vertx);
        this.peers = Peers.of(vertx);
        this.answerers = new Answerers(vertx);
        this.survey = new Survey(vertx);
        this.levels = new LogLevels(vertx);
        this.overview = new Overview(vertx, namespaces);
        this.people = new People(hubs);
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

    /**
     * Sockets or rooms, {@code {"namespace","what":"user"|"socket"|"room"|"rooms"|"all","name"}}, or names of this node's
     * loggers, {@code {"what":"loggers","name"}}.
     */
    public Future<JsonObject> find(JsonObject question) {
        if ("loggers".equals(question.getValue("what"))) {
            return Future.succeededFuture(new JsonObject().put("loggers", levels.names(string(question, "name"))));
        }
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
     * What has passed at a socket since the same follower last asked, {@code {"namespace","socket","follower"}}. Who asks
     * for the first time follows from then on, which is noted in the log.
     */
    public Future<JsonObject> follow(JsonObject question, User by) {
        Target socket = Target.socket(text(question, "namespace"), text(question, "socket"));
        // Nobody takes what another was to see.
        String follower =
                new JsonArray().add(by.id()).add(text(question, "follower")).encode();
        return hubs.follow(new HubMessage.Follow(socket, follower))
                .map(Payload::object)
                .onSuccess(told -> {
                    if (told.getBoolean("begun", false)) {
                        Audit.follows(by, socket);
                    }
                });
    }

    /**
     * Does something, and notes in the log who wanted it:
     * {@code {"do":"kick"|"join"|"leave"|"notice"|"log-out"|"drain"|"log-level"|"log-level-back",…}}.
     *
     * @throws EventException when something is missing
     */
    public Future<Void> act(JsonObject order, User by) {
        Future<Void> done = does(order, by);
        Audit.ordered(by, order);
        return done;
    }

    private Future<Void> does(JsonObject order, User by) {
        return switch (text(order, "do")) {
            case "kick" -> hubs.act(new HubMessage.Disconnect(target(order), CloseReason.KICKED));
            case "join" -> hubs.act(new HubMessage.Move(target(order), text(order, "room"), true));
            case "leave" -> hubs.act(new HubMessage.Move(target(order), text(order, "room"), false));
            case "log-out" -> hubs.logOut(text(order, "user"));
            case "notice" -> notice(order);
            case "drain" -> tell(text(order, "node"), Payload.of(AdminDesk.DRAIN));
            case AdminDesk.LOG_LEVEL, AdminDesk.LOG_LEVEL_BACK -> level(order, by);
            default -> throw senseless("There is no such order");
        };
    }

    private Future<Void> notice(JsonObject order) {
        String namespace = text(order, "namespace");
        String room = order.getString("room", "");
        Target whom = room.isEmpty() ? Target.all(namespace) : Target.room(namespace, room);
        return hubs.emit(whom, config.notice(), Payload.of(new JsonObject().put("text", text(order, "text"))));
    }

    /** On one node, or on all that have this page. */
    private Future<Void> level(JsonObject order, User by) {
        Payload change = Payload.of(new JsonObject()
                .put("do", text(order, "do"))
                .put("logger", text(order, "logger"))
                .put("level", string(order, "level"))
                .put("seconds", order.getValue("seconds") instanceof Number given ? given.longValue() : 0)
                .put("by", by.id()));
        String node = string(order, "node");
        return node.isEmpty() ? survey.nodes(AdminDesk.NAME, change, LIMIT).compose(Admin::done) : tell(node, change);
    }

    /** Fails with what a node answered that did not do it; those without this page do not count. */
    private static Future<Void> done(Answers answers) {
        return answers.answers().stream()
                .map(Answer::failure)
                .filter(failure -> failure != null && !failure.code().equals(ErrorCode.NO_HANDLER.name()))
                .findFirst()
                .map(failure -> Future.<Void>failedFuture(failure.exception()))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> tell(String node, Payload order) {
        Future<Outcome> told = node.equals(peers.self())
                ? answerers.ask(AdminDesk.NAME, order, null, LIMIT.toMillis())
                : peers.ask(node, AdminDesk.NAME, order, null, LIMIT.toMillis());
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
        String text = string(json, key);
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw senseless("\"" + key + "\" is missing, or too long");
        }
        return text;
    }

    private static String string(JsonObject json, String key) {
        return json.getValue(key) instanceof String given ? given : "";
    }

    private static EventException senseless(String why) {
        return ErrorCode.INVALID_DATA.failure(why).exception();
    }
}
