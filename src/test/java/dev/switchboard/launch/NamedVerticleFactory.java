package dev.switchboard.launch;

import io.vertx.core.Deployable;
import io.vertx.core.Promise;
import io.vertx.core.spi.VerticleFactory;
import java.util.concurrent.Callable;

/** Takes any name with the prefix or suffix {@code named}. */
public final class NamedVerticleFactory implements VerticleFactory {
    @Override
    public String prefix() {
        return "named";
    }

    @Override
    public void createVerticle2(
            String verticleName, ClassLoader classLoader, Promise<Callable<? extends Deployable>> promise) {
        promise.complete(ListeningVerticle::new);
    }
}
