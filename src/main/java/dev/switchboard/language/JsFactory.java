package dev.switchboard.language;

/** JavaScript, by GraalJS; found by ServiceLoader. */
public final class JsFactory extends ScriptFactory {
    public JsFactory() {
        super("js", new LanguageJars("js", "org.graalvm.polyglot.Engine", "dev.switchboard.language.js.Js"));
    }
}
