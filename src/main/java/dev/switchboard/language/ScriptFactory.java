package dev.switchboard.language;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.VerticleFactory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Makes verticles of the scripts of one language, once its jars are there. */
abstract class ScriptFactory implements VerticleFactory {
    private final String prefix;
    private final LanguageJars jars;
    private @Nullable Vertx vertx;
    private @Nullable Language language;

    ScriptFactory(String prefix, LanguageJars jars) {
        this.prefix = prefix;
        this.jars = jars;
    }

    @Override
    public final void init(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public final String prefix() {
        return prefix;
    }

    /** Before a factory of the same language that knows nothing of handlers. */
    @Override
    public final int order() {
        return -1;
    }

    @Override
    public final void createVerticle2(
            String verticle, ClassLoader loader, Promise<Callable<? extends Deployable>> promise) {
        Vertx own = vertx;
        Future<Callable<? extends Deployable>> made = own == null
                ? Future.failedFuture(new IllegalStateException("not initialised"))
                : own.executeBlocking(() -> language().read(ScriptFile.find(verticle, loader)));
        made.onComplete(promise);
    }

    private synchronized Language language() {
        Language known = language;
        if (known == null) {
            known = jars.load();
            language = known;
        }
        return known;
    }

    @Override
    public final synchronized void close() {
        if (language != null) {
            language.close();
        }
    }
}
