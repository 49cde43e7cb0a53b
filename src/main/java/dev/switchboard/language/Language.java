package dev.switchboard.language;

import io.vertx.core.Deployable;
import java.util.concurrent.Callable;

/** What makes verticles of the scripts of one language; one for each Vert.x, made when the first script is deployed. */
public interface Language extends AutoCloseable {
    /**
     * Reads a script. May block.
     *
     * @return makes an instance at each call, each with a state of its own
     * @throws ScriptException when it cannot be read or understood
     */
    Callable<? extends Deployable> read(ScriptFile script);

    /** Ends what the scripts of the language share. */
    @Override
    void close();
}
