package dev.switchboard.launch;

import dev.switchboard.config.ConfigurationException;
import dev.switchboard.config.Fault;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Fails as Switchboard does when its configuration has several faults. */
public final class MisconfiguredVerticle extends VerticleBase {
    @Override
    public Future<?> start() {
        return Future.failedFuture(new IllegalStateException(
                new ConfigurationException(List.of(new Fault("a.b", "is wrong"), new Fault("c", "is missing")))));
    }
}
