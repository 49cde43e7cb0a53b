package dev.switchboard.language.groovy;

import dev.switchboard.language.Language;
import dev.switchboard.language.ScriptException;
import dev.switchboard.language.ScriptFile;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import groovy.lang.Script;
import io.vertx.core.Deployable;
import java.net.URL;
import java.util.concurrent.Callable;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Groovy files, each compiled by a class loader of its own. A file is a script, or a class that is a verticle. */
public final class Groovy implements Language {
    public Groovy() {}

    @Override
    public Callable<? extends Deployable> read(ScriptFile script) {
        Class<?> type = compile(script);
        if (Script.class.isAssignableFrom(type)) {
            Class<? extends Script> found = type.asSubclass(Script.class);
            return () ->
                    new GroovyVerticle(script, found.getDeclaredConstructor().newInstance());
        }
        if (Deployable.class.isAssignableFrom(type)) {
            Class<? extends Deployable> found = type.asSubclass(Deployable.class);
            return () -> found.getDeclaredConstructor().newInstance();
        }
        throw new ScriptException(script.name() + ": the class " + type.getName() + " is not a verticle", null);
    }

    @SuppressWarnings("resource") // its classes live as long as the verticle
    private static Class<?> compile(ScriptFile script) {
        GroovyClassLoader loader = new GroovyClassLoader(new Both(script.loader()));
        try {
            GroovyCodeSource source = new GroovyCodeSource(script.text(), script.name(), "/groovy/script");
            source.setCachable(false);
            return loader.parseClass(source);
        } catch (MultipleCompilationErrorsException e) {
            throw new ScriptException(script.name() + described(e), e);
        }
    }

    private static String described(MultipleCompilationErrorsException fault) {
        if (fault.getErrorCollector().getError(0) instanceof SyntaxErrorMessage syntax) {
            SyntaxException cause = syntax.getCause();
            String message = cause.getOriginalMessage().lines().findFirst().orElse("");
            return ", line " + cause.getLine() + ": " + message;
        }
        return ": " + String.valueOf(fault.getMessage()).replaceAll("\\s+", " ");
    }

    @Override
    public void close() {}

    /** What the script's own loader finds, and else Groovy's own classes, which need not be on the class path. */
    private static final class Both extends ClassLoader {
        Both(ClassLoader first) {
            super(first);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return Groovy.class.getClassLoader().loadClass(name);
        }

        @Override
        protected URL findResource(String name) {
            return Groovy.class.getClassLoader().getResource(name);
        }
    }
}
