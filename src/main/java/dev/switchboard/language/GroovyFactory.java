package dev.switchboard.language;

/** Groovy; found by ServiceLoader. */
public final class GroovyFactory extends ScriptFactory {
    public GroovyFactory() {
        super("groovy", new LanguageJars("groovy", "groovy.lang.Script", "dev.switchboard.language.groovy.Groovy"));
    }
}
