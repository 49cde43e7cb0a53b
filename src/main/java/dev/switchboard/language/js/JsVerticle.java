package dev.switchboard.language.js;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Socket;
import dev.switchboard.language.ScriptException;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.URL;
import java.util.Objects;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of a script, with a Context of its own, which lives as long as the verticle. The script registers its
 * handlers while it is loaded.
 *
 * <p>Loading and every event run on the context of the verticle, and so do timers and the answers that promises wait for.
 */
final class JsVerticle extends EventVerticle {
    private final String name;
    private final Supplier<Context> contexts;
    private final Source script;
    private final Logger log;
    private String namespace = "/";
    private @Nullable Context js;
    private boolean ended;

    JsVerticle(String name, Supplier<Context> contexts, Source script) {
        this.name = name;
        this.contexts = contexts;
        this.script = script;
        this.log = LoggerFactory.getLogger("script." + name);
    }

    @Override
    protected String handlerName() {
        return name;
    }

    @Override
    protected String namespaceName() {
        return namespace;
    }

    @Override
    protected void events(Events on) {
        Context created = contexts.get();
        try {
            created.eval(prelude()).execute(new JsHost(this, vertx, context, log), config().encode(), registrar(on));
            Value loaded = created.eval(script);
            created.eval(Js.ID, "undefined"); // so that what a rejected import left behind is run, too
            if (loaded.isException()) {
                throw loaded.throwException();
            }
        } catch (RuntimeException e) {
            ended = true;
            created.close(true);
            throw new ScriptException(JsFault.describe(name, e), e);
        }
        js = created;
    }

    @Override
    protected Future<?> stopping() {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(v -> {
            ended = true;
            if (js != null) {
                js.close(true);
            }
            closed.complete();
        });
        return closed.future();
    }

    /** Whether nothing of the script may run any more. */
    boolean isEnded() {
        return ended;
    }

    void namespaceName(String given) {
        namespace = given;
    }

    JsNamespace namespaceOf(String given) {
        return new JsNamespace(namespace(given));
    }

    private static Source prelude() {
        URL url = Objects.requireNonNull(JsVerticle.class.getResource("prelude.js"));
        try {
            return Source.newBuilder(Js.ID, url).internal(true).build();
        } catch (IOException e) {
            throw new ScriptException("prelude.js: cannot be read", e);
        }
    }

    /** Takes a handler of the script: one more kind of handler is a case more here, and a line in the prelude. */
    private ProxyExecutable registrar(Events on) {
        return given -> {
            String kind = given[0].asString();
            String event = given[1].asString();
            Value handler = given[2];
            switch (kind) {
                case "event" -> on.event(event, (socket, data) -> run(handler, socket, Packed.of(data)));
                case "open" -> on.open(socket -> run(handler, socket, Packed.of(null)));
                case "close" -> on.close((socket, reason) -> run(handler, socket, Packed.of(reason)));
                default -> throw new IllegalArgumentException("there is no on." + kind);
            }
            return null;
        };
    }

    /** The prelude ends each call in one of two ways, at once or later. */
    private Future<Payload> run(Value handler, Socket socket, Packed given) {
        Promise<Payload> answer = Promise.promise();
        ProxyExecutable succeed = result -> {
            answer.tryComplete(new Packed(result[0].asInt(), result[1].asString()).payload());
            return null;
        };
        ProxyExecutable fail = error -> {
            answer.tryFail(failure(error[0].asString(), error[1].asString(), error[2].asBoolean()));
            return null;
        };
        handler.executeVoid(succeed, fail, new JsSocket(socket), given.kind(), given.text());
        return answer.future();
    }

    private RuntimeException failure(String code, String message, boolean retry) {
        return code.isEmpty()
                ? new ScriptException(name + ": " + message, null)
                : new EventException(code, message, retry);
    }
}
