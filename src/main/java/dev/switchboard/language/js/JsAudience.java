package dev.switchboard.language.js;

import dev.switchboard.Audience;
import dev.switchboard.bus.EmitFlag;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.graalvm.polyglot.HostAccess;

/** An {@link Audience}, as the prelude sees it. What fails does so in the Future. */
public final class JsAudience {
    private final Audience audience;

    JsAudience(Audience audience) {
        this.audience = audience;
    }

    @HostAccess.Export
    public JsAudience except(String socket) {
        return new JsAudience(audience.except(socket));
    }

    /** Adds a flag, which is one of those that the prelude knows. */
    @HostAccess.Export
    public JsAudience with(String flag) {
        return new JsAudience(audience.with(EmitFlag.valueOf(flag.toUpperCase(Locale.ROOT))));
    }

    @HostAccess.Export
    public Future<?> emit(String event, int kind, String text) {
        return attempt(() -> audience.emit(event, new Packed(kind, text).payload()));
    }

    @HostAccess.Export
    public Future<?> ask(String event, int kind, String text, long limitMillis) {
        return attempt(() -> audience.ask(event, new Packed(kind, text).payload(), Duration.ofMillis(limitMillis)));
    }

    @HostAccess.Export
    public Future<?> askAll(String event, int kind, String text, long limitMillis) {
        return attempt(() -> audience.askAll(event, new Packed(kind, text).payload(), Duration.ofMillis(limitMillis)));
    }

    @HostAccess.Export
    public Future<?> users() {
        return attempt(audience::users);
    }

    @HostAccess.Export
    public Future<?> count() {
        return attempt(audience::count);
    }

    @HostAccess.Export
    public Future<?> sockets() {
        return attempt(audience::sockets);
    }

    @HostAccess.Export
    public Future<?> rooms() {
        return attempt(audience::rooms);
    }

    @HostAccess.Export
    public Future<?> join(String room) {
        return attempt(() -> audience.join(room));
    }

    @HostAccess.Export
    public Future<?> leave(String room) {
        return attempt(() -> audience.leave(room));
    }

    @HostAccess.Export
    public Future<?> disconnect() {
        return attempt(() -> audience.disconnect(CloseReason.KICKED));
    }

    @HostAccess.Export
    public Future<?> disconnectWith(int code, String text, boolean reconnect) {
        return attempt(() -> audience.disconnect(CloseReason.of(code, text, reconnect)));
    }

    static Future<?> attempt(Supplier<Future<?>> verb) {
        try {
            return verb.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
