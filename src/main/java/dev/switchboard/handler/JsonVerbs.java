package dev.switchboard.handler;

import dev.switchboard.bus.Answer;
import dev.switchboard.bus.Answers;
import dev.switchboard.bus.EmitFlag;
import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.Member;
import dev.switchboard.bus.Survey;
import dev.switchboard.bus.Target;
import dev.switchboard.session.HttpSessions;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.User;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.SessionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The verbs for handlers in any language, as requests in JSON: {@code {"verb":"emit","namespace":"/","to":{"room":"r"},
 * "except":["<socket id>"],"event":"e","data":…}}. {@code to} names a {@code room}, {@code rooms}, a {@code user} or a {@code
 * socket}; without it everybody is meant. What a verb needs and replies stands in the page on the bus contract.
 */
final class JsonVerbs {
    private static final int FAILED = 400;
    private static final long ASK_SECONDS = 10;

    private final Hubs hubs;
    private final HttpSessions sessions;
    private final Survey survey;

    JsonVerbs(Vertx vertx) {
        this.hubs = new Hubs(vertx);
        this.sessions = new HttpSessions(vertx);
        this.survey = new Survey(vertx);
    }

    void take(Message<JsonObject> message) {
        Future<?> done;
        try {
            done = call(message.body());
        } catch (IllegalArgumentException e) {
            done = Future.failedFuture(new EventException("BAD_REQUEST", String.valueOf(e.getMessage())));
        } catch (ClassCastException | NullPointerException e) {
            done = Future.failedFuture(new EventException("BAD_REQUEST", "a value has the wrong type"));
        }
        done.onComplete(result -> {
            if (result.succeeded()) {
                message.reply(result.result());
            } else {
                message.fail(FAILED, failure(result.cause()).encode());
            }
        });
    }

    private static JsonObject failure(Throwable cause) {
        String code = cause instanceof EventException e ? e.code() : "FAILED";
        return new JsonObject().put("code", code).put("message", cause.getMessage());
    }

    private Future<?> call(JsonObject body) {
        Target target = target(body);
        String verb = text(body, "verb");
        return switch (verb) {
            case "emit" -> hubs.emit(target, text(body, "event"), data(body), flags(body));
            case "ask" ->
                hubs.ask(single(target), text(body, "event"), data(body), limit(body))
                        .map(Payload::value);
            case "askAll" ->
                survey.sockets(target, text(body, "event"), data(body), limit(body))
                        .map(JsonVerbs::answers);
            case "askNodes" ->
                survey.nodes(text(body, "name"), data(body), limit(body)).map(JsonVerbs::answers);
            case "join" -> hubs.act(new HubMessage.Move(target, text(body, "room"), true));
            case "leave" -> hubs.act(new HubMessage.Move(target, text(body, "room"), false));
            case "disconnect" -> hubs.act(new HubMessage.Disconnect(target, reason(body)));
            case "logOut" -> logOut(target, body);
            case "attribute" ->
                hubs.act(new HubMessage.SetAttribute(single(target), text(body, "name"), body.getValue("value")));
            case "session.get" -> session(target).compose(id -> sessions.get(id, text(body, "name")));
            case "session.put" ->
                session(target).compose(id -> sessions.put(id, text(body, "name"), body.getValue("value")));
            case "sockets" -> hubs.sockets(target).map(JsonVerbs::members);
            case "rooms" -> hubs.rooms(target).map(rooms -> new JsonArray(List.copyOf(new TreeSet<>(rooms))));
            default -> throw new IllegalArgumentException("there is no verb \"" + verb + "\"");
        };
    }

    private Future<Void> logOut(Target target, JsonObject body) {
        if (target.kind() == Target.Kind.USER) {
            return hubs.logOut(target.name());
        }
        Revocation.Kind kind = Revocation.Kind.named(body.getString("what", "login"));
        return hubs.act(new HubMessage.LogOut(single(target), kind));
    }

    private Future<Optional<SessionId>> session(Target target) {
        return hubs.session(single(target)).map(Optional::of);
    }

    private static Target target(JsonObject body) {
        String namespace = body.getString("namespace", "/");
        JsonObject to = body.getJsonObject("to", new JsonObject());
        Target target = Target.all(namespace);
        if (to.containsKey("socket")) {
            target = Target.socket(namespace, text(to, "socket"));
        } else if (to.containsKey("user")) {
            target = Target.user(namespace, text(to, "user"));
        } else if (to.containsKey("room")) {
            target = Target.room(namespace, text(to, "room"));
        } else if (to.containsKey("rooms")) {
            target = Target.rooms(namespace, texts(to, "rooms"));
        } else if (!to.isEmpty()) {
            throw new IllegalArgumentException("\"to\" names a room, some rooms, a user or a socket");
        }
        return target.without(texts(body, "except"));
    }

    private static Set<String> texts(JsonObject body, String key) {
        Set<String> texts = new HashSet<>();
        body.getJsonArray(key, new JsonArray()).forEach(text -> texts.add((String) text));
        return texts;
    }

    private static Set<EmitFlag> flags(JsonObject body) {
        Set<EmitFlag> flags = EnumSet.noneOf(EmitFlag.class);
        for (String name : texts(body, "flags")) {
            flags.add(
                    switch (name) {
                        case "volatile" -> EmitFlag.VOLATILE;
                        case "local" -> EmitFlag.LOCAL;
                        case "compress" -> EmitFlag.COMPRESS;
                        default -> throw new IllegalArgumentException("there is no flag \"" + name + "\"");
                    });
        }
        return flags;
    }

    private static Target single(Target target) {
        if (target.kind() != Target.Kind.SOCKET) {
            throw new IllegalArgumentException("this verb is for a single socket");
        }
        return target;
    }

    private static String text(JsonObject body, String key) {
        if (body.getValue(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("\"" + key + "\" must be a text");
    }

    private static Payload data(JsonObject body) {
        return body.containsKey("data") ? Payload.of(body.getValue("data")) : Payload.absent();
    }

    private static Duration limit(JsonObject body) {
        return Duration.ofMillis(
                body.getLong("limit", Duration.ofSeconds(ASK_SECONDS).toMillis()));
    }

    private static CloseReason reason(JsonObject body) {
        return body.containsKey("code")
                ? CloseReason.of(
                        body.getInteger("code"), body.getString("reason", ""), body.getBoolean("reconnect", false))
                : CloseReason.KICKED;
    }

    private static JsonObject answers(Answers all) {
        JsonArray answers = new JsonArray();
        for (Answer answer : all.answers()) {
            JsonObject json = new JsonObject().put("from", answer.from());
            Failure failure = answer.failure();
            if (failure != null) {
                json.put("error", failure.json());
            } else if (!answer.data().isAbsent()) {
                json.put("data", answer.data().value());
            }
            answers.add(json);
        }
        return new JsonObject()
                .put("answers", answers)
                .put("missing", new JsonArray(List.copyOf(all.missing())))
                .put("complete", all.complete());
    }

    private static JsonArray members(List<Member> members) {
        JsonArray all = new JsonArray();
        members.forEach(member ->
                all.add(new JsonObject().put("socket", member.socket()).put("user", user(member.user()))));
        return all;
    }

    /** Nothing for a socket that came without a token. */
    static @Nullable JsonObject user(User user) {
        return user.isAnonymous() ? null : new JsonObject().put("id", user.id()).put("name", user.name());
    }
}
