package dev.switchboard.language.js;

import dev.switchboard.Nodes;
import dev.switchboard.Users;
import dev.switchboard.wire.EventException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What the prelude may call beside the verbs. Lives on the context of its verticle. */
public final class JsHost {
    private final JsVerticle verticle;
    private final JsCalls calls;
    private final Vertx vertx;
    private final Context context;
    private final Logger log;

    JsHost(JsVerticle verticle, JsCalls calls, Vertx vertx, Context context, Logger log) {
        this.verticle = verticle;
        this.calls = calls;
        this.vertx = vertx;
        this.context = context;
        this.log = log;
    }

    @HostAccess.Export
    public JsNamespace namespace(String name) {
        return verticle.namespaceOf(name);
    }

    /** The namespace of the script's events, when no configuration maps them. */
    @HostAccess.Export
    public void serve(String namespace) {
        verticle.namespaceName(namespace);
    }

    @HostAccess.Export
    public Future<?> askNodes(String name, int kind, String text, long limitMillis) {
        return JsAudience.attempt(
                () -> Nodes.of(vertx).ask(name, new Packed(kind, text).payload(), Duration.ofMillis(limitMillis)));
    }

    @HostAccess.Export
    public Future<?> logOut(String user) {
        return JsAudience.attempt(() -> Users.of(vertx).logOut(user));
    }

    @HostAccess.Export
    public MessageConsumer<?> answerNodes(String name, Value handler) {
        return Nodes.of(vertx).answer(name, data -> calls.run(handler, data));
    }

    @HostAccess.Export
    public Future<?> unregister(MessageConsumer<?> answerer) {
        return answerer.unregister();
    }

    /** Tells the script how a Future ended: {@code resolve(kind, text)} or {@code reject(code, message, retry, kind, text)}. */
    @HostAccess.Export
    public void settle(Future<?> future, Value resolve, Value reject) {
        // Where an event is traced it has a context of its own, in which it goes on.
        @Nullable Context current = Vertx.currentContext();
        Context here = current == null ? context : current;
        future.onComplete(done -> here.runOnContext(v -> {
            if (verticle.isEnded()) {
                return;
            }
            if (done.succeeded()) {
                Packed result = Packed.of(done.result());
                resolve.executeVoid(result.kind(), result.text());
            } else {
                EventException told = done.cause() instanceof EventException event ? event : null;
                Packed data = Packed.of(told == null ? null : told.data());
                reject.executeVoid(
                        told == null ? "" : told.code(),
                        String.valueOf(done.cause().getMessage()),
                        told != null && told.retry(),
                        data.kind(),
                        data.text());
            }
        }));
    }

    /** Returns the id of the timer. It ends with the verticle. */
    @HostAccess.Export
    public long timer(Value action, long millis, boolean repeat) {
        io.vertx.core.Handler<Long> fire = id -> {
            if (!verticle.isEnded()) {
                action.executeVoid();
            }
        };
        return repeat ? vertx.setPeriodic(millis, fire) : vertx.setTimer(millis, fire);
    }

    @HostAccess.Export
    public void cancel(long timer) {
        vertx.cancelTimer(timer);
    }

    @HostAccess.Export
    public void log(String level, String text) {
        switch (level) {
            case "error" -> log.error("{}", text);
            case "warn" -> log.warn("{}", text);
            case "debug" -> log.debug("{}", text);
            default -> log.info("{}", text);
        }
    }
}
