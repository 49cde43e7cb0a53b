package dev.switchboard.language.groovy;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.Namespace;
import dev.switchboard.language.ScriptException;
import dev.switchboard.language.ScriptFile;
import groovy.lang.Binding;
import groovy.lang.Script;
import java.util.Arrays;
import java.util.function.Function;

/**
 * One instance of a script, which is run once, at the start, with {@code on}, {@code vertx}, {@code config} and {@code
 * namespace(name)} at hand. {@code namespaceName = '/chat'} in it says whose events it handles when no configuration maps
 * them.
 */
final class GroovyVerticle extends EventVerticle {
    private static final String NAMESPACE = "namespaceName";

    private final ScriptFile file;
    private final Script script;

    GroovyVerticle(ScriptFile file, Script script) {
        this.file = file;
        this.script = script;
    }

    @Override
    protected String handlerName() {
        return file.name();
    }

    @Override
    protected void events(Events on) {
        Binding binding = new Binding();
        binding.setVariable("on", on);
        binding.setVariable("vertx", vertx);
        binding.setVariable("config", config());
        binding.setVariable("namespace", new Namespaces(this::namespace));
        script.setBinding(binding);
        try {
            script.run();
        } catch (RuntimeException e) {
            throw new ScriptException(file.name() + place(e) + ": " + e.getMessage(), e);
        }
    }

    @Override
    protected String namespaceName() {
        Binding binding = script.getBinding();
        return binding.hasVariable(NAMESPACE) ? String.valueOf(binding.getVariable(NAMESPACE)) : super.namespaceName();
    }

    private String place(RuntimeException fault) {
        return Arrays.stream(fault.getStackTrace())
                .filter(frame ->
                        frame.getClassName().startsWith(script.getClass().getName()))
                .findFirst()
                .map(frame -> ", line " + frame.getLineNumber())
                .orElse("");
    }

    /** What Groovy calls for {@code namespace(name)}. */
    record Namespaces(Function<String, Namespace> byName) {
        @SuppressWarnings("EffectivelyPrivate")
        public Namespace call(String name) {
            return byName.apply(name);
        }
    }
}
