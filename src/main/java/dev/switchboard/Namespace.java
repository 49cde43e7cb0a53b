package dev.switchboard;

import dev.switchboard.bus.HubMessage;
import dev.switchboard.bus.Hubs;
import dev.switchboard.bus.Survey;
import dev.switchboard.bus.Target;
import dev.switchboard.session.HttpSessions;
import dev.switchboard.token.Revocation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The verbs for code that has no socket at hand, such as an HTTP route or a timer.
 *
 * <pre>{@code
 * Namespace chat = Namespace.of(vertx, "/");
 * vertx.setPeriodic(60_000, t -> chat.all().emit("time", System.currentTimeMillis()));
 * router.post("/news").handler(rc -> chat.room("news").emit("headline", rc.body().asString()).onSuccess(v -> rc.end()));
 * }</pre>
 *
 * <p>Immutable, for any thread.
 */
public final class Namespace {
    private final Hubs hubs;
    private final Survey survey;
    private final String name;
    private final HttpSessions sessions;

    private Namespace(Vertx vertx, String name) {
        this.hubs = new Hubs(vertx);
        this.survey = new Survey(vertx);
        this.name = name;
        this.sessions = new HttpSessions(vertx);
    }

    /** The namespace of this name, as the configuration spells it; a name that no node knows has no sockets. */
    public static Namespace of(Vertx vertx, String name) {
        return new Namespace(vertx, name);
    }

    public String name() {
        return name;
    }

    /** Every socket of the namespace. */
    public Audience all() {
        return audience(Target.all(name));
    }

    /** The members of a room. */
    public Audience room(String room) {
        return audience(Target.room(name, room));
    }

    /** Who is in any of these rooms, each once. */
    public Audience inAnyOf(String first, String... more) {
        Set<String> rooms = new HashSet<>(List.of(more));
        rooms.add(first);
        return audience(Target.rooms(name, rooms));
    }

    /** All sockets of a user: tabs, devices. */
    public Audience user(String id) {
        return audience(Target.user(name, id));
    }

    /** One socket. */
    public Audience socket(String id) {
        return audience(Target.socket(name, id));
    }

    /** The rooms that have members just now. */
    public Future<Set<String>> rooms() {
        return hubs.rooms(Target.all(name));
    }

    /** See {@link Socket#logOut}. */
    Future<Void> logOut(String socket, Revocation.Kind kind) {
        return hubs.act(new HubMessage.LogOut(Target.socket(name, socket), kind));
    }

    HttpSessions sessions() {
        return sessions;
    }

    private Audience audience(Target target) {
        return new Audience(hubs, survey, target, Set.of());
    }
}
