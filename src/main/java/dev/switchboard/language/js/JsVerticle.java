package dev.switchboard.language.js;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.language.ScriptException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.URL;
import java.util.Objects;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
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
            JsCalls calls = new JsCalls(this, name);
            JsHost host = new JsHost(this, calls, vertx, context, log);
            created.eval(prelude()).execute(host, config().encode(), calls.registrar(on));
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
}
