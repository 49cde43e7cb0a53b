package dev.switchboard.language.js;

import dev.switchboard.language.Language;
import dev.switchboard.language.ScriptException;
import dev.switchboard.language.ScriptFile;
import io.vertx.core.Deployable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;

/**
 * Scripts on GraalJS, which share one Engine and nothing else. A script is closed in: it reaches what the prelude gives it
 * and the modules beside its own file, no class of Java, no file, no network, no process.
 */
public final class Js implements Language {
    static final String ID = "js";
    private static final String MODULE = "application/javascript+module";

    private final Engine engine =
            Engine.newBuilder(ID).option("engine.WarnInterpreterOnly", "false").build();

    public Js() {}

    @Override
    public Callable<? extends Deployable> read(ScriptFile script) {
        Source source = source(script);
        Optional<Path> folder = script.path().map(path -> path.resolveSibling(""));
        try (Context trial = context(folder)) {
            trial.parse(source);
        } catch (RuntimeException e) {
            throw new ScriptException(JsFault.describe(script.name(), e), e);
        }
        return () -> new JsVerticle(script.name(), () -> context(folder), source);
    }

    private static Source source(ScriptFile script) {
        try {
            Source.Builder source = script.path().isPresent()
                    ? Source.newBuilder(ID, script.path().get().toFile()).content(script.text())
                    : Source.newBuilder(ID, script.text(), script.name());
            // A new version of the same file is another source, whatever the Engine remembers.
            return source.mimeType(MODULE).cached(false).build();
        } catch (IOException e) {
            throw new ScriptException(script.name() + ": cannot be read", e);
        }
    }

    private Context context(Optional<Path> folder) {
        IOAccess modules = folder.map(root ->
                        IOAccess.newBuilder().fileSystem(new Modules(root)).build())
                .orElse(IOAccess.NONE);
        return Context.newBuilder(ID)
                .engine(engine)
                .allowHostAccess(HostAccess.EXPLICIT)
                .allowIO(modules)
                .option("js.load", "false")
                .option("js.print", "false")
                .option("js.console", "false")
                .build();
    }

    @Override
    public void close() {
        engine.close(true);
    }
}
